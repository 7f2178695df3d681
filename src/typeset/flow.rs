//! The heights of a story's pieces, estimated until they are set, and the place of the view among them. The place is a
//! piece and an offset in it, so that a better height above never moves what is on screen. Knows nothing of text.

/// Heights of the pieces, from top to bottom, in device pixels.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    heights: Vec<f32>,
    /// Fenwick tree over the heights (P. M. Fenwick, "A new data structure for cumulative frequency tables", 1994), so that
    /// a scroll bar over a hundred thousand pieces costs no more than one over ten.
    sums: Vec<f64>,
}

/// The top of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// The piece that the view's top lies in.
    pub piece: usize,
    /// How far below the piece's top, in device pixels.
    pub offset: f32,
}

impl Flow {
    /// Pieces of estimated height.
    pub fn new(estimates: impl IntoIterator<Item = f32>) -> Self {
        let heights: Vec<f32> = estimates.into_iter().collect();
        let mut sums = vec![0.0; heights.len() + 1];
        for (number, height) in heights.iter().enumerate() {
            add(&mut sums, number, f64::from(*height));
        }
        Self { heights, sums }
    }

    /// The number of pieces.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.heights.is_empty()
    }

    /// The height of a piece; 0 where there is none.
    pub fn height(&self, piece: usize) -> f32 {
        self.heights.get(piece).copied().unwrap_or(0.0)
    }

    /// Sets the height of a piece that has been set.
    pub fn set_height(&mut self, piece: usize, height: f32) {
        if let Some(old) = self.heights.get_mut(piece) {
            let change = f64::from(height) - f64::from(*old);
            *old = height;
            if change != 0.0 {
                add(&mut self.sums, piece, change);
            }
        }
    }

    /// The height of all pieces.
    pub fn total(&self) -> f64 {
        self.top_of(self.len())
    }

    /// The distance of a piece's top from the story's.
    pub fn top_of(&self, piece: usize) -> f64 {
        let mut at = piece.min(self.len());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.sums.get(at).copied().unwrap_or(0.0);
            at &= at - 1;
        }
        sum
    }

    /// The distance of a position from the story's top.
    pub fn distance(&self, position: Position) -> f64 {
        self.top_of(position.piece) + f64::from(position.offset)
    }

    /// The position at a distance from the story's top; beyond the end it is the end of the last piece.
    pub fn at(&self, distance: f64) -> Position {
        if self.is_empty() {
            return Position::default();
        }
        let mut left = distance.max(0.0);
        let mut piece = 0;
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.sums.get(piece + step)
                && *sum <= left
            {
                piece += step;
                left -= sum;
            }
            step /= 2;
        }
        if piece >= self.len() {
            let last = self.len() - 1;
            return Position { piece: last, offset: self.height(last) };
        }
        #[expect(clippy::cast_possible_truncation, reason = "an offset in a piece, in pixels")]
        Position { piece, offset: left as f32 }
    }

    /// The position `by` pixels further down (up where negative), with `set` called for each piece on the way so that its
    /// true height is known. Stops at the beginning and at the end.
    pub fn moved(&mut self, from: Position, by: f32, set: &mut dyn FnMut(usize) -> f32) -> Position {
        let mut piece = from.piece.min(self.len().saturating_sub(1));
        let mut offset = from.offset + by;
        while offset < 0.0 {
            let Some(above) = piece.checked_sub(1) else { return Position { piece: 0, offset: 0.0 } };
            piece = above;
            offset += self.measured(piece, set);
        }
        loop {
            let height = self.measured(piece, set);
            if offset < height || piece + 1 >= self.len() {
                return Position { piece, offset: offset.min(height) };
            }
            offset -= height;
            piece += 1;
        }
    }

    /// The last position at which a view of this height is still full; the beginning where all fits.
    pub fn last_position(&mut self, view_height: f32, set: &mut dyn FnMut(usize) -> f32) -> Position {
        let mut left = view_height;
        for piece in (0..self.len()).rev() {
            let height = self.measured(piece, set);
            if height >= left {
                return Position { piece, offset: height - left };
            }
            left -= height;
        }
        Position::default()
    }

    fn measured(&mut self, piece: usize, set: &mut dyn FnMut(usize) -> f32) -> f32 {
        let height = set(piece);
        self.set_height(piece, height);
        height
    }
}

fn add(sums: &mut [f64], piece: usize, change: f64) {
    let mut at = piece + 1;
    while let Some(sum) = sums.get_mut(at) {
        *sum += change;
        at += at & at.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_positions_agree() {
        let mut flow = Flow::new([10.0, 0.0, 20.0, 30.0, 5.0]);
        assert_eq!(flow.total(), 65.0);
        for (distance, piece, offset) in [
            (-5.0, 0, 0.0),
            (0.0, 0, 0.0),
            (9.0, 0, 9.0),
            (10.0, 2, 0.0),
            (35.0, 3, 5.0),
            (64.0, 4, 4.0),
            (99.0, 4, 5.0),
        ] {
            assert_eq!(flow.at(distance), Position { piece, offset }, "{distance}");
        }
        flow.set_height(2, 40.0);
        assert_eq!((flow.total(), flow.top_of(3)), (85.0, 50.0));
        assert_eq!(flow.distance(Position { piece: 3, offset: 7.0 }), 57.0);
        assert_eq!(Flow::default().at(5.0), Position::default());
    }

    #[test]
    fn moving_measures_on_the_way_and_stops_at_the_ends() {
        let heights = [100.0, 50.0, 70.0];
        let mut set = |piece: usize| heights[piece];
        let mut flow = Flow::new([1.0; 3]);
        let start = Position::default();
        for (by, piece, offset) in
            [(10.0, 0, 10.0), (120.0, 1, 20.0), (160.0, 2, 10.0), (999.0, 2, 70.0), (-4.0, 0, 0.0)]
        {
            assert_eq!(flow.moved(start, by, &mut set), Position { piece, offset }, "{by}");
        }
        assert_eq!(
            flow.moved(Position { piece: 2, offset: 10.0 }, -70.0, &mut set),
            Position { piece: 0, offset: 90.0 }
        );
        assert_eq!(flow.last_position(100.0, &mut set), Position { piece: 1, offset: 20.0 });
        assert_eq!(flow.last_position(999.0, &mut set), start);
    }
}
