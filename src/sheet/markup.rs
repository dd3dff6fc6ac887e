//! The tags of an XML part, as far as is needed to see how much it asks for.

use memchr::{memchr, memchr3};

/// A tag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    /// Its name without a prefix.
    name: &'a [u8],
    /// Everything after its name.
    pub(super) attributes: &'a [u8],
    /// Whether it is the second of a pair.
    pub(super) closes: bool,
    /// Whether it stands alone.
    pub(super) empty: bool,
    /// Where it starts and ends.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name.as_bytes()
    }

    /// The text of an attribute, by its name with its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a [u8]> {
        let mut rest = self.attributes;
        loop {
            let at = (rest.windows(name.len())).position(|part| part == name.as_bytes())?;
            let before = at.checked_sub(1).map(|before| rest[before]);
            let after = rest[at + name.len()..].trim_ascii_start();
            let value = after.strip_prefix(b"=").map(<[u8]>::trim_ascii_start);
            if let Some([quote @ (b'"' | b'\''), value @ ..]) = value
                && before.is_none_or(|byte| byte.is_ascii_whitespace())
            {
                return memchr(*quote, value).map(|end| &value[..end]);
            }
            rest = &rest[at + name.len()..];
        }
    }
}

/// A whole number; nothing for anything else.
pub(super) fn number(text: &[u8]) -> Option<u64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

/// Each tag in turn; comments and instructions are none.
pub(super) fn tags(part: &[u8]) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr(b'<', part.get(at..)?)?;
            let inner = start + 1;
            if part[inner..].starts_with(b"!--") {
                at = inner + memchr::memmem::find(&part[inner..], b"-->")? + 3;
                continue;
            }
            let end = end_of_tag(part, inner)?;
            at = end + 1;
            let text = &part[inner..end];
            if matches!(text.first(), Some(b'!' | b'?')) {
                continue;
            }
            let (closes, text) = match text.strip_prefix(b"/") {
                Some(text) => (true, text),
                None => (false, text),
            };
            let (empty, text) = match text.strip_suffix(b"/") {
                Some(text) => (true, text),
                None => (false, text),
            };
            let length = text
                .iter()
                .position(u8::is_ascii_whitespace)
                .unwrap_or(text.len());
            let (name, attributes) = text.split_at(length);
            let prefix = name
                .iter()
                .position(|&byte| byte == b':')
                .map_or(0, |colon| colon + 1);
            return Some(Tag {
                name: &name[prefix..],
                attributes,
                closes,
                empty,
                start,
                end: at,
            });
        }
    })
}

/// Where a tag ends: a bracket in quotes is none.
fn end_of_tag(part: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', part.get(at..)?)?;
        match part[found] {
            b'>' => return Some(found),
            quote => at = found + 1 + memchr(quote, &part[found + 1..])? + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_their_attributes() {
        let part = b"<?xml a='<b>'?><!-- <c d='1'> --><x:t ab='2' b = \"3>\"/>text</x:t>";
        let found: Vec<Tag<'_>> = tags(part).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].is("t") && found[0].empty && !found[0].closes);
        assert_eq!(found[0].attribute("b"), Some(&b"3>"[..]));
        assert_eq!(found[0].attribute("ab").and_then(number), Some(2));
        assert_eq!(found[0].attribute("c"), None);
        assert!(found[1].closes);
        assert_eq!(&part[found[0].end..found[1].start], b"text");
    }
}
