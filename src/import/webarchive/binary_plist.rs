//! Apple's binary property lists (`bplist00`; layout as in Apple's published `CFBinaryPList.c`). Objects are read where they
//! are asked for, never as a whole tree: a list may name one object many times over, and a tree of it can fill any memory.

/// Whether the bytes begin like one.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"bplist00")
}

/// The list. Objects are known by their numbers.
#[derive(Clone, Copy, Debug)]
pub struct BinaryPlist<'a> {
    bytes: &'a [u8],
    reference_size: usize,
    offset_size: usize,
    objects: usize,
    root: usize,
    table: usize,
}

/// Bytes of the trailer.
const TRAILER: usize = 32;

impl<'a> BinaryPlist<'a> {
    /// Reads the trailer; `None` where it makes no sense.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        if !sniff(bytes) {
            return None;
        }
        let trailer = bytes.get(bytes.len().checked_sub(TRAILER)?..)?;
        let (offset_size, reference_size) = (usize::from(*trailer.get(6)?), usize::from(*trailer.get(7)?));
        let number = |at: usize| big_endian(trailer.get(at..at + 8)?);
        let list =
            Self { bytes, reference_size, offset_size, objects: number(8)?, root: number(16)?, table: number(24)? };
        let sizes_hold = (1..=8).contains(&offset_size) && (1..=8).contains(&reference_size);
        let end = list.objects.checked_mul(offset_size)?.checked_add(list.table)?;
        (sizes_hold && end <= bytes.len() && list.root < list.objects).then_some(list)
    }

    /// The outermost object.
    pub fn root(&self) -> usize {
        self.root
    }

    /// The kind of an object, its length, and where its content begins.
    fn object(&self, number: usize) -> Option<(u8, usize, usize)> {
        if number >= self.objects {
            return None;
        }
        let entry = self.table + number * self.offset_size;
        let offset = big_endian(self.bytes.get(entry..entry + self.offset_size)?)?;
        let marker = *self.bytes.get(offset)?;
        let (kind, short) = (marker >> 4, usize::from(marker & 0xF));
        if short < 15 || !matches!(kind, 0x4 | 0x5 | 0x6 | 0xA | 0xD) {
            return Some((kind, short, offset + 1));
        }
        // A length of 15 and more stands behind the marker as a number of its own.
        let size = 1usize << (self.bytes.get(offset + 1)? & 0xF).min(4);
        let length = big_endian(self.bytes.get(offset + 2..(offset + 2).checked_add(size)?)?)?;
        Some((kind, length, offset + 2 + size))
    }

    fn references(&self, start: usize, count: usize) -> Option<impl Iterator<Item = usize> + 'a> {
        let end = count.checked_mul(self.reference_size)?.checked_add(start)?;
        let bytes: &'a [u8] = self.bytes.get(start..end)?;
        Some(bytes.chunks(self.reference_size).filter_map(big_endian))
    }

    /// The value of a dictionary's key.
    pub fn get(&self, dictionary: usize, key: &str) -> Option<usize> {
        let (0xD, count, start) = self.object(dictionary)? else { return None };
        let place = self.references(start, count)?.position(|number| self.string(number).as_deref() == Some(key))?;
        self.references(start + count * self.reference_size, count)?.nth(place)
    }

    /// The items of an array; none where it is none.
    pub fn items(&self, array: usize) -> Vec<usize> {
        match self.object(array) {
            Some((0xA, count, start)) => self.references(start, count).map(Iterator::collect).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The bytes of a data object.
    pub fn data(&self, number: usize) -> Option<&'a [u8]> {
        let (0x4, length, start) = self.object(number)? else { return None };
        self.bytes.get(start..start.checked_add(length)?)
    }

    /// A string, ASCII or UTF-16.
    pub fn string(&self, number: usize) -> Option<String> {
        let (kind, length, start) = self.object(number)?;
        match kind {
            0x5 => Some(String::from_utf8_lossy(self.bytes.get(start..start.checked_add(length)?)?).into_owned()),
            0x6 => {
                let units = self.bytes.get(start..length.checked_mul(2)?.checked_add(start)?)?;
                let units = units.chunks(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(u16::from_be_bytes);
                Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
            }
            _ => None,
        }
    }
}

/// A number of up to 16 bytes; `None` where it is larger than any length.
fn big_endian(bytes: &[u8]) -> Option<usize> {
    let value = bytes.iter().try_fold(0u64, |value, byte| value.checked_mul(256)?.checked_add(u64::from(*byte)))?;
    usize::try_from(value).ok().filter(|value| *value <= usize::MAX >> 8)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    enum Object {
        Data(Vec<u8>),
        Text(String),
        Array(Vec<u16>),
        Dictionary(Vec<(u16, u16)>),
    }

    fn encode(objects: &[Object], root: u16) -> Vec<u8> {
        let mut out = b"bplist00".to_vec();
        let mut offsets = Vec::new();
        let head = |out: &mut Vec<u8>, kind: u8, length: usize| {
            if length < 15 {
                out.push(kind << 4 | u8::try_from(length).unwrap());
            } else {
                out.extend([kind << 4 | 0xF, 0x12]);
                out.extend(u32::try_from(length).unwrap().to_be_bytes());
            }
        };
        for object in objects {
            offsets.push(u32::try_from(out.len()).unwrap());
            match object {
                Object::Data(bytes) => {
                    head(&mut out, 4, bytes.len());
                    out.extend(bytes);
                }
                Object::Text(text) if text.is_ascii() => {
                    head(&mut out, 5, text.len());
                    out.extend(text.as_bytes());
                }
                Object::Text(text) => {
                    head(&mut out, 6, text.encode_utf16().count());
                    out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
                }
                Object::Array(items) => {
                    head(&mut out, 10, items.len());
                    out.extend(items.iter().flat_map(|item| item.to_be_bytes()));
                }
                Object::Dictionary(pairs) => {
                    head(&mut out, 13, pairs.len());
                    out.extend(pairs.iter().flat_map(|(key, _)| key.to_be_bytes()));
                    out.extend(pairs.iter().flat_map(|(_, value)| value.to_be_bytes()));
                }
            }
        }
        let table = u64::try_from(out.len()).unwrap();
        out.extend(offsets.iter().flat_map(|offset| offset.to_be_bytes()));
        out.extend([0, 0, 0, 0, 0, 0, 4, 2]);
        out.extend(u64::try_from(objects.len()).unwrap().to_be_bytes());
        out.extend(u64::from(root).to_be_bytes());
        out.extend(table.to_be_bytes());
        out
    }

    /// A web archive as Safari writes it.
    pub(crate) fn web_archive(page: &[u8], address: &str, images: &[(&str, &[u8])]) -> Vec<u8> {
        let text = |text: &str| Object::Text(text.to_owned());
        let mut objects = vec![
            text("WebMainResource"),
            text("WebSubresources"),
            text("WebResourceData"),
            text("WebResourceURL"),
            Object::Data(page.to_vec()),
            text(address),
            Object::Dictionary(vec![(2, 4), (3, 5)]),
        ];
        let mut items = Vec::new();
        for (address, bytes) in images {
            let at = u16::try_from(objects.len()).unwrap();
            objects.extend([
                Object::Data(bytes.to_vec()),
                text(address),
                Object::Dictionary(vec![(2, at), (3, at + 1)]),
            ]);
            items.push(at + 2);
        }
        let at = u16::try_from(objects.len()).unwrap();
        objects.extend([Object::Array(items), Object::Dictionary(vec![(0, 6), (1, at)])]);
        encode(&objects, at + 1)
    }

    #[test]
    fn objects_are_found_by_key() {
        let bytes = encode(
            &[
                Object::Text("k".into()),
                Object::Text("é and a long text of more than fifteen".into()),
                Object::Dictionary(vec![(0, 1)]),
            ],
            2,
        );
        let list = BinaryPlist::new(&bytes).unwrap();
        let value = list.get(list.root(), "k").and_then(|number| list.string(number));
        assert_eq!(value.as_deref(), Some("é and a long text of more than fifteen"));
        assert_eq!(list.get(list.root(), "other"), None);
    }

    #[test]
    fn lists_that_name_themselves_or_point_outside_do_no_harm() {
        let endless = encode(&[Object::Text("k".into()), Object::Dictionary(vec![(0, 1)])], 1);
        let list = BinaryPlist::new(&endless).unwrap();
        assert_eq!(list.get(1, "k"), Some(1));
        for place in 0..endless.len() {
            for byte in [0, 0x7F, 0xFF] {
                let mut damaged = endless.clone();
                damaged[place] = byte;
                if let Some(list) = BinaryPlist::new(&damaged) {
                    let _ = (list.get(list.root(), "k"), list.items(0), list.data(0), list.string(0));
                }
            }
        }
    }
}
