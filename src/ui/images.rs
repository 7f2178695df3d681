//! Pictures of the story as textures: decoded on a worker at the size needed, let go when they have not been drawn for a
//! while. What a file holds is `pictures`' work.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use egui::{ColorImage, TextureHandle, TextureOptions};

use crate::app::load;
use crate::document::ResourceId;

/// Frames without being drawn after which a texture is let go.
const FRAMES_KEPT: u64 = 600;

/// The textures of one story.
pub struct Images {
    entries: HashMap<Wanted, Texture>,
    answers: Arc<Mutex<Vec<Answer>>>,
    frame: u64,
}

/// A picture, its width in device pixels, and whether its light is dark.
type Wanted = (ResourceId, u32, bool);

struct Texture {
    state: State,
    last_drawn: u64,
}

enum State {
    Decoding,
    Ready(TextureHandle),
    Failed,
}

struct Answer {
    key: Wanted,
    image: Option<ColorImage>,
}

impl Default for Images {
    fn default() -> Self {
        Self::new()
    }
}

impl Images {
    /// None yet.
    pub fn new() -> Self {
        Self { entries: HashMap::new(), answers: Arc::default(), frame: 0 }
    }

    /// Lets everything go; for another story.
    pub fn clear(&mut self) {
        self.entries.clear();
        // Workers of the old story answer into a list that nobody reads any more.
        self.answers = Arc::default();
    }

    /// Takes in what workers have decoded, and lets go what is far away.
    pub fn begin_frame(&mut self, ctx: &egui::Context) {
        self.frame += 1;
        let answers = std::mem::take(&mut *self.answers.lock().unwrap_or_else(PoisonError::into_inner));
        for Answer { key, image } in answers {
            let state = match image {
                Some(image) => {
                    let name = format!("picture-{}-{}-{}", key.0.0, key.1, key.2);
                    State::Ready(ctx.load_texture(name, image, TextureOptions::LINEAR))
                }
                None => State::Failed,
            };
            self.entries.insert(key, Texture { state, last_drawn: self.frame });
        }
        let frame = self.frame;
        self.entries.retain(|_, e| frame - e.last_drawn < FRAMES_KEPT || matches!(e.state, State::Decoding));
    }

    /// The texture of a picture, `width_px` device pixels wide and with its light dark where it is to be inverted; `None`
    /// until a worker has decoded it.
    pub fn texture(
        &mut self,
        ctx: &egui::Context,
        image: ResourceId,
        width_px: u32,
        is_inverted: bool,
        source: &crate::document::Resource,
    ) -> Option<&TextureHandle> {
        let bytes = source.bytes()?;
        let key = (image, width_px, is_inverted);
        let frame = self.frame;
        if let Entry::Vacant(place) = self.entries.entry(key) {
            place.insert(Texture { state: State::Decoding, last_drawn: frame });
            self.decode(ctx, key, Arc::clone(bytes), source.media_type.clone());
        }
        let entry = self.entries.get_mut(&key)?;
        entry.last_drawn = frame;
        match &entry.state {
            State::Ready(texture) => Some(texture),
            State::Decoding | State::Failed => None,
        }
    }

    fn decode(&self, ctx: &egui::Context, key: Wanted, bytes: Arc<[u8]>, media_type: Option<String>) {
        let (ctx, answers) = (ctx.clone(), Arc::clone(&self.answers));
        let work = move || {
            // A decoder that panics leaves the placeholder; the story is not worth less for it.
            let decoded = std::panic::catch_unwind(|| load::picture(&bytes, media_type.as_deref(), key.1));
            let image = decoded.ok().flatten().and_then(|picture| {
                let size = [usize::try_from(picture.width).ok()?, usize::try_from(picture.height).ok()?];
                let mut rgba = picture.rgba;
                if key.2 {
                    invert_light(&mut rgba);
                }
                Some(ColorImage::from_rgba_unmultiplied(size, &rgba))
            });
            answers.lock().unwrap_or_else(PoisonError::into_inner).push(Answer { key, image });
            ctx.request_repaint();
        };
        if std::thread::Builder::new().name("pictures".into()).spawn(work).is_err() {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).push(Answer { key, image: None });
        }
    }
}

/// Makes what is light dark and leaves hues as they are: each channel is mirrored about the middle of the pixel's own least
/// and most, and that middle about grey (the L of HSL).
fn invert_light(rgba: &mut [u8]) {
    for pixel in rgba.chunks_exact_mut(4) {
        let [red, green, blue, _] = pixel else { continue };
        let (least, most) = ((*red).min(*green).min(*blue), (*red).max(*green).max(*blue));
        for channel in [red, green, blue] {
            // 255 − (least + most) is added, which stays within a byte: what the least lacks to 0 the most has to 255.
            let moved = i16::from(*channel) + 255 - i16::from(least) - i16::from(most);
            *channel = u8::try_from(moved.clamp(0, 255)).unwrap_or(u8::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::invert_light;

    #[test]
    fn light_becomes_dark_and_red_stays_red() {
        for (pixel, expected) in [
            ([255, 255, 255, 255], [0, 0, 0, 255]),
            ([0, 0, 0, 7], [255, 255, 255, 7]),
            ([255, 0, 0, 255], [255, 0, 0, 255]),
            ([255, 200, 200, 255], [55, 0, 0, 255]),
        ] {
            let mut found: [u8; 4] = pixel;
            invert_light(&mut found);
            assert_eq!(found, expected, "{pixel:?}");
        }
    }
}
