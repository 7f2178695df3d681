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
    entries: HashMap<(ResourceId, u32), Texture>,
    answers: Arc<Mutex<Vec<Answer>>>,
    frame: u64,
}

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
    key: (ResourceId, u32),
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
                    let name = format!("picture-{}-{}", key.0.0, key.1);
                    State::Ready(ctx.load_texture(name, image, TextureOptions::LINEAR))
                }
                None => State::Failed,
            };
            self.entries.insert(key, Texture { state, last_drawn: self.frame });
        }
        let frame = self.frame;
        self.entries.retain(|_, e| frame - e.last_drawn < FRAMES_KEPT || matches!(e.state, State::Decoding));
    }

    /// The texture of a picture, `width_px` device pixels wide; `None` until a worker has decoded it.
    pub fn texture(
        &mut self,
        ctx: &egui::Context,
        image: ResourceId,
        width_px: u32,
        source: &crate::document::Resource,
    ) -> Option<&TextureHandle> {
        let bytes = source.bytes()?;
        let key = (image, width_px);
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

    fn decode(&self, ctx: &egui::Context, key: (ResourceId, u32), bytes: Arc<[u8]>, media_type: Option<String>) {
        let (ctx, answers) = (ctx.clone(), Arc::clone(&self.answers));
        let work = move || {
            // A decoder that panics leaves the placeholder; the story is not worth less for it.
            let decoded = std::panic::catch_unwind(|| load::picture(&bytes, media_type.as_deref(), key.1));
            let image = decoded.ok().flatten().and_then(|picture| {
                let size = [usize::try_from(picture.width).ok()?, usize::try_from(picture.height).ok()?];
                Some(ColorImage::from_rgba_unmultiplied(size, &picture.rgba))
            });
            answers.lock().unwrap_or_else(PoisonError::into_inner).push(Answer { key, image });
            ctx.request_repaint();
        };
        if std::thread::Builder::new().name("pictures".into()).spawn(work).is_err() {
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).push(Answer { key, image: None });
        }
    }
}
