//! Workbooks of Excel 97 to 2003, looked at before they are read: a compound file is a file system
//! of sectors in chains, and its reader follows a chain for ever that leads back to itself.
//!
//! What a sheet says of its size is set to nothing: the reader makes room for that, and then finds
//! the size from the cells. All sheets together may span as many cells as one sheet can have, and
//! their texts written out 64 MiB and 16 times the file.

use super::archive::{Refused, Room};
use std::collections::HashMap;

const HEADER: usize = 512;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Numbers from here on are no sectors.
const RESERVED: u32 = 0xFFFF_FFFA;
/// Streams that are shorter lie in small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// Rows and columns of a sheet.
const CELLS_OF_A_SHEET: u64 = 65_536 * 256;

/// Checks the chains of the file and the sizes in its workbook.
pub(super) fn check(bytes: &mut [u8]) -> Result<(), Refused> {
    let places = Sectors::of(bytes)?.workbook(bytes)?;
    let stream = joined(bytes, &places);
    let sizes = sizes(&stream, bytes.len())?;
    for at in sizes {
        let mut before = 0;
        for &(start, end) in &places {
            if at < before + (end - start) {
                bytes[start + at - before] = 0;
                break;
            }
            before += end - start;
        }
    }
    Ok(())
}

/// The workbook in a file, in one piece.
pub(super) fn stream_of(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let places = Sectors::of(bytes)?.workbook(bytes)?;
    Ok(joined(bytes, &places))
}

/// The places of a stream are those of its bytes in the file, a run a sector.
fn joined(bytes: &[u8], places: &[(usize, usize)]) -> Vec<u8> {
    let runs = places
        .iter()
        .map(|&(start, end)| bytes.get(start..end).unwrap_or_default());
    runs.collect::<Vec<_>>().concat()
}

const DAMAGED: Refused = Refused::Damaged("its parts contradict each other");

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refused> {
    let two = bytes.get(at..).and_then(|rest| rest.first_chunk());
    two.map(|&two| u16::from_le_bytes(two)).ok_or(DAMAGED)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refused> {
    let four = bytes.get(at..).and_then(|rest| rest.first_chunk());
    four.map(|&four| u32::from_le_bytes(four)).ok_or(DAMAGED)
}

/// The sectors of a compound file, and which follows which.
struct Sectors {
    size: usize,
    /// How many there are.
    count: usize,
    next: Vec<u32>,
}

impl Sectors {
    fn of(bytes: &[u8]) -> Result<Self, Refused> {
        if !bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") || bytes.len() < HEADER {
            return Err(Refused::Damaged(
                "it does not begin as a workbook of its kind",
            ));
        }
        let size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(DAMAGED),
        };
        let count = bytes.len().saturating_sub(size).div_ceil(size);
        let mut sectors = Self {
            size,
            count,
            next: Vec::new(),
        };
        // The table of what follows what lies in sectors that are listed in the header, and in
        // sectors that form a chain of their own.
        let mut listed: Vec<u32> = (0..109)
            .map(|i| u32_at(bytes, 76 + 4 * i))
            .collect::<Result<_, _>>()?;
        let mut more = u32_at(bytes, 68)?;
        let mut seen = 0;
        while more < RESERVED {
            seen += 1;
            let list = sectors.place(more, bytes)?;
            let mut numbers = sectors.numbers(list, bytes);
            more = numbers.pop().unwrap_or(END_OF_CHAIN);
            listed.append(&mut numbers);
            if seen > count {
                return Err(CIRCLE);
            }
        }
        let listed: Vec<u32> = listed.into_iter().filter(|&id| id < RESERVED).collect();
        if listed.len() > count {
            return Err(DAMAGED);
        }
        for id in listed {
            let place = sectors.place(id, bytes)?;
            let numbers = sectors.numbers(place, bytes);
            sectors.next.extend(numbers);
        }
        Ok(sectors)
    }

    /// Where a sector lies in the file; the last one may be cut.
    fn place(&self, id: u32, bytes: &[u8]) -> Result<(usize, usize), Refused> {
        let start = (id as usize + 1) * self.size;
        let end = (start + self.size).min(bytes.len());
        if start >= end {
            return Err(Refused::Damaged("a sector lies beyond its end"));
        }
        Ok((start, end))
    }

    fn numbers(&self, (start, end): (usize, usize), bytes: &[u8]) -> Vec<u32> {
        let four = bytes[start..end].as_chunks::<4>().0.iter();
        four.map(|&four| u32::from_le_bytes(four)).collect()
    }

    /// The places of a chain, until they hold so many bytes.
    fn chain(
        &self,
        mut id: u32,
        bytes: &[u8],
        wanted: usize,
    ) -> Result<Vec<(usize, usize)>, Refused> {
        let (mut places, mut held) = (Vec::new(), 0);
        let mut seen = vec![false; self.count];
        while id != END_OF_CHAIN && held < wanted {
            let known = seen.get_mut(id as usize).ok_or(DAMAGED)?;
            if std::mem::replace(known, true) {
                return Err(CIRCLE);
            }
            let (start, end) = self.place(id, bytes)?;
            let end = end.min(start.saturating_add(wanted - held));
            held += end - start;
            places.push((start, end));
            if held < wanted {
                id = *self.next.get(id as usize).ok_or(DAMAGED)?;
            }
        }
        Ok(places)
    }

    /// The places of the stream with the workbook.
    fn workbook(&self, bytes: &[u8]) -> Result<Vec<(usize, usize)>, Refused> {
        let directory = self.chain(u32_at(bytes, 48)?, bytes, usize::MAX)?;
        let entries: Vec<&[u8]> = (directory.iter())
            .flat_map(|&(start, end)| bytes[start..end].chunks_exact(128))
            .collect();
        let root = *entries.first().ok_or(DAMAGED)?;
        let small_table = u32_at(bytes, 64)? as usize;
        let (small, small_next) = if small_table > 0 {
            let small = self.chain(u32_at(root, 116)?, bytes, u32_at(root, 120)? as usize)?;
            let table = small_table.saturating_mul(self.size);
            let table = self.chain(u32_at(bytes, 60)?, bytes, table)?;
            let next: Vec<u32> = (table.iter())
                .flat_map(|&at| self.numbers(at, bytes))
                .collect();
            (small, next)
        } else {
            (Vec::new(), Vec::new())
        };
        let named = |wanted: &str| {
            entries.iter().find(|entry| {
                let name = entry[..64]
                    .as_chunks::<2>()
                    .0
                    .iter()
                    .map(|&two| u16::from_le_bytes(two));
                let name = char::decode_utf16(name.take_while(|&two| two != 0));
                let name: String = name.filter_map(Result::ok).collect();
                name.eq_ignore_ascii_case(wanted)
            })
        };
        let entry = named("Workbook")
            .or_else(|| named("Book"))
            .ok_or(Refused::Damaged("it has no workbook in it"))?;
        let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
        if length >= SMALL_STREAM {
            return self.chain(start, bytes, length);
        }
        let mut id = start;
        let (mut places, mut held) = (Vec::new(), 0);
        while id != END_OF_CHAIN && held < length {
            let sector = id as usize * SMALL_SECTOR;
            let place = sector / self.size;
            let &(within, end) = small.get(place).ok_or(DAMAGED)?;
            let start = within + sector % self.size;
            let end = (start + SMALL_SECTOR.min(length - held)).min(end);
            if start >= end {
                return Err(DAMAGED);
            }
            held += end - start;
            places.push((start, end));
            if held < length {
                id = *small_next.get(id as usize).ok_or(DAMAGED)?;
            }
        }
        Ok(places)
    }
}

const CIRCLE: Refused = Refused::Damaged("a chain of its sectors leads back to itself");

/// A record of the workbook: its kind, and where its bytes stand.
type Record = (u16, usize, usize);

pub(super) fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record> + '_ {
    let mut at = from;
    std::iter::from_fn(move || {
        let kind = u16_at(stream, at).ok()?;
        let start = at + 4;
        let end = start + usize::from(u16_at(stream, at + 2).ok()?);
        at = end;
        (end <= stream.len()).then_some((kind, start, end))
    })
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const STRINGS: u16 = 0x00FC;
const CONTINUED: u16 = 0x003C;
const SIZE: u16 = 0x0200;
const SHARED: u16 = 0x00FD;
const SEVERAL: u16 = 0x00BD;
/// Numbers, texts, truths and formulas: each begins with its row and column.
const CELLS: [u16; 7] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, SHARED, 0x0006];

/// The places in the stream that say how large a sheet is; refuses what would need too much room.
fn sizes(stream: &[u8], file: usize) -> Result<Vec<usize>, Refused> {
    let mut room = Room::of(file as u64, 0);
    room.cells = CELLS_OF_A_SHEET;
    let mut strings: Vec<usize> = Vec::new();
    let mut sheets: Vec<usize> = Vec::new();
    let mut shared: Option<Vec<(usize, usize)>> = None;
    for (kind, start, end) in records(stream, 0) {
        match kind {
            SHEET => sheets.push(u32_at(stream, start)? as usize),
            STRINGS => shared = Some(vec![(start, end)]),
            CONTINUED => {
                if let Some(parts) = &mut shared {
                    parts.push((start, end));
                }
            }
            END => break,
            _ => {
                if let Some(parts) = shared.take() {
                    strings = lengths(stream, &parts)?;
                }
            }
        }
    }
    if let Some(parts) = shared.take() {
        strings = lengths(stream, &parts)?;
    }
    let mut sizes = Vec::new();
    // A sheet that is listed twice is read twice.
    let mut known: HashMap<usize, (u64, u64)> = HashMap::new();
    for at in sheets {
        let (cells, text) = match known.get(&at) {
            Some(&found) => found,
            None => {
                let found = sheet(stream, at, &strings, &mut sizes)?;
                known.insert(at, found);
                found
            }
        };
        let too_much = || {
            Refused::TooMuch(
                "its sheets span more cells, or their texts are longer, than a file of its size should hold",
            )
        };
        room.cells = room.cells.checked_sub(cells).ok_or_else(too_much)?;
        room.text = room.text.checked_sub(text).ok_or_else(too_much)?;
    }
    Ok(sizes)
}

/// The cells that a sheet spans, and the bytes of its shared texts written out.
fn sheet(
    stream: &[u8],
    at: usize,
    strings: &[usize],
    sizes: &mut Vec<usize>,
) -> Result<(u64, u64), Refused> {
    let mut text = 0_u64;
    let mut span: Option<[u64; 4]> = None;
    let mut depth = 0_usize;
    for (kind, start, end) in records(stream, at) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // A picture among the cells has records of its own.
            _ if depth > 1 => {}
            SIZE => sizes.extend(start..end),
            _ if CELLS.contains(&kind) || kind == SEVERAL => {
                let row = u64::from(u16_at(stream, start)?);
                let first = u64::from(u16_at(stream, start + 2)?);
                let last = match kind {
                    SEVERAL => u64::from(u16_at(stream, end.saturating_sub(2))?).max(first),
                    _ => first,
                };
                span = Some(match span {
                    None => [row, row, first, last],
                    Some([top, bottom, left, right]) => [
                        top.min(row),
                        bottom.max(row),
                        left.min(first),
                        right.max(last),
                    ],
                });
                if kind == SHARED {
                    let number = u32_at(stream, start + 6)? as usize;
                    text += strings.get(number).copied().unwrap_or(0) as u64;
                }
            }
            _ => {}
        }
    }
    let cells = span.map_or(0, |[top, bottom, left, right]| {
        (bottom - top + 1) * (right - left + 1)
    });
    Ok((cells, text))
}

/// How many bytes each shared text takes as UTF-8, at most.
fn lengths(stream: &[u8], parts: &[(usize, usize)]) -> Result<Vec<usize>, Refused> {
    let mut lengths = Vec::new();
    let mut part = 0;
    // The first part begins with two counts.
    let mut at = parts[0].0 + 8;
    // Skips so many bytes, from part to part.
    let skip = |mut count: usize, part: &mut usize, at: &mut usize| -> Result<(), Refused> {
        loop {
            let end = parts.get(*part).ok_or(DAMAGED)?.1;
            let here = count.min(end.saturating_sub(*at));
            (*at, count) = (*at + here, count - here);
            if count == 0 {
                return Ok(());
            }
            *part += 1;
            *at = parts.get(*part).ok_or(DAMAGED)?.0;
        }
    };
    loop {
        while parts.get(part).is_some_and(|&(_, end)| at >= end) {
            part += 1;
            at = parts.get(part).map_or(0, |&(start, _)| start);
        }
        if part >= parts.len() {
            return Ok(lengths);
        }
        let letters = usize::from(u16_at(stream, at)?);
        let flags = *stream.get(at + 2).ok_or(DAMAGED)?;
        at += 3;
        let (mut after, mut wide) = (0, flags & 1 != 0);
        if flags & 8 != 0 {
            after += 4 * usize::from(u16_at(stream, at)?);
            at += 2;
        }
        if flags & 4 != 0 {
            after += u32_at(stream, at)? as usize;
            at += 4;
        }
        lengths.push(3 * letters);
        let mut left = letters;
        loop {
            let end = parts[part].1;
            let width = if wide { 2 } else { 1 };
            let here = left.min(end.saturating_sub(at) / width);
            (left, at) = (left - here, at + here * width);
            if left == 0 {
                break;
            }
            part += 1;
            at = parts.get(part).ok_or(DAMAGED)?.0;
            wide = stream.get(at).ok_or(DAMAGED)? & 1 != 0;
            at += 1;
        }
        skip(after, &mut part, &mut at)?;
    }
}
