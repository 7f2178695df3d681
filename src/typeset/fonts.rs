//! The font collection: the bundled faces, and the system's where asked for. Chooses no family; that is the style's work.

use std::sync::Arc;

use fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, FontInfoOverride, FontStyle, FontWeight, Language, Script,
    SourceCache,
};
use parley::FontContext;

use super::{bundled, fallback};

/// The fonts that text can be set in. One for each thread; a clone shares the font data.
#[derive(Clone)]
pub struct Fonts {
    pub(super) context: FontContext,
}

/// A font family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Its name.
    pub name: String,
    /// Whether it comes with the program.
    pub bundled: bool,
}

/// What a family can be varied in: from the least to the most that its faces and axes have.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Axes {
    /// CSS weights; `None` where there is one.
    pub weight: Option<(f32, f32)>,
    /// Widths in hundredths of the normal; `None` where there is one.
    pub width_percent: Option<(f32, f32)>,
    /// The sizes that it can be drawn for, in points; `None` where it has no such axis.
    pub optical_size_pt: Option<(f32, f32)>,
}

impl Axes {
    fn span(values: impl Iterator<Item = (f32, f32)>) -> Option<(f32, f32)> {
        let all = values.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        (all.1 > all.0).then_some(all)
    }
}

impl Fonts {
    /// The bundled faces only: quick, and the same on every machine.
    pub fn bundled() -> Self {
        Self::new(false)
    }

    /// The bundled faces and what the system has. Asks the system (fontconfig, DirectWrite, Core Text), which takes some
    /// 15 ms on Linux.
    pub fn with_system() -> Self {
        Self::new(true)
    }

    fn new(system_fonts: bool) -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts });
        for (face, blob) in bundled::FACES.iter().zip(bundled::blobs()) {
            let style = if face.italic { FontStyle::Italic } else { FontStyle::Normal };
            // A face is what the table says, whatever its own name table calls it.
            let as_the_table_says = FontInfoOverride {
                family_name: Some(face.family),
                width: None,
                style: Some(style),
                weight: Some(FontWeight::new(f32::from(face.weight))),
                axes: None,
            };
            collection.register_fonts(blob.clone(), Some(as_the_table_says));
        }
        let mut fonts = Self { context: FontContext { collection, source_cache: SourceCache::default() } };
        fonts.set_fallbacks();
        fonts
    }

    /// Tells the engine which families to fall back to, of those that there are.
    fn set_fallbacks(&mut self) {
        let collection = &mut self.context.collection;
        for (script, language, names) in fallback::by_script() {
            let families: Vec<_> = names.iter().filter_map(|name| collection.family_id(name)).collect();
            // Where none is installed the system may know better.
            if !families.is_empty() {
                let language = language.and_then(|tag| Language::parse(tag).ok());
                let key = FallbackKey::new(Script::from_bytes(*script), language.as_ref());
                collection.set_fallbacks(key, families.into_iter());
            }
        }
    }

    /// Adds the faces of a font file under their own names, and gives back the families' names; none where it is no font. To
    /// be called before a [`Typesetter`](super::Typesetter) has the fonts.
    pub fn register(&mut self, bytes: Vec<u8>) -> Vec<String> {
        let collection = &mut self.context.collection;
        let registered = collection.register_fonts(Blob::new(Arc::new(bytes)), None);
        let names = registered.iter().filter_map(|(id, _)| collection.family_name(*id).map(str::to_owned)).collect();
        self.set_fallbacks();
        names
    }

    /// The families a person can choose from: the bundled ones first, then the system's by name.
    pub fn families(&mut self) -> Vec<Family> {
        let mut families: Vec<Family> =
            bundled::TEXT_FAMILIES.iter().map(|name| Family { name: (*name).to_owned(), bundled: true }).collect();
        let mut system: Vec<&str> = self
            .context
            .collection
            .family_names()
            .filter(|name| *name != bundled::ICONS && !name.starts_with('.') && !bundled::TEXT_FAMILIES.contains(name))
            .collect();
        system.sort_by_cached_key(|name| name.to_lowercase());
        system.dedup();
        families.extend(system.into_iter().map(|name| Family { name: name.to_owned(), bundled: false }));
        families
    }

    /// What a family can be varied in.
    pub fn axes(&mut self, family: &str) -> Axes {
        let Some(family) = self.context.collection.family_by_name(family) else { return Axes::default() };
        let fonts = family.fonts();
        let axis = |font: &fontique::FontInfo, tag: &[u8; 4]| {
            let axis = font.axes().iter().find(|axis| axis.tag.to_be_bytes() == *tag)?;
            Some((axis.min, axis.max))
        };
        let weight =
            |font: &fontique::FontInfo| axis(font, b"wght").unwrap_or((font.weight().value(), font.weight().value()));
        let width = |font: &fontique::FontInfo| {
            axis(font, b"wdth").unwrap_or((font.width().percentage(), font.width().percentage()))
        };
        Axes {
            weight: Axes::span(fonts.iter().map(weight)),
            width_percent: Axes::span(fonts.iter().map(width)),
            optical_size_pt: Axes::span(fonts.iter().filter_map(|font| axis(font, b"opsz"))),
        }
    }

    /// Whether there is a family of this name.
    pub fn has_family(&mut self, name: &str) -> bool {
        self.context.collection.family_id(name).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_families_come_first_and_icons_are_no_choice() {
        let families = Fonts::bundled().families();
        let names: Vec<&str> = families.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, bundled::TEXT_FAMILIES);
        assert!(families.iter().all(|f| f.bundled));
    }

    #[test]
    fn collections_agree_on_a_face() {
        let ids = |fonts: &mut Fonts| {
            let family = fonts.context.collection.family_by_name(bundled::SERIF).expect("bundled");
            family.fonts().iter().filter_map(|f| f.load(None)).map(|blob| blob.id()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&mut Fonts::bundled()), ids(&mut Fonts::bundled()));
        assert_eq!(ids(&mut Fonts::bundled()).len(), 6);
    }
}
