//! Lines: parts with tabs between them, in which `\\`, `\t`, `\n` and `\r` are written with a backslash.

pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            other => escaped.push(other),
        }
    }
    escaped
}

pub fn parts(line: &str) -> Vec<String> {
    line.split('\t').map(unescaped).collect()
}

fn unescaped(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

#[test]
fn what_is_written_is_what_is_read() {
    let text = "a\\t\tb\n\r\\ £";
    assert_eq!(parts(&escaped(text)), [text]);
    assert_eq!(parts("a\tb\\tc"), ["a", "b\tc"]);
}
