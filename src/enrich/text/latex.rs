//! The little LaTeX that stands in titles and abstracts: formulas between dollars, commands for type, accents, letters.
//!
//! A dollar may be money, a backslash a path: what is not surely LaTeX stays as it is.

/// The longest formula that is looked for, in bytes.
const LONGEST_FORMULA: usize = 400;

/// How deep commands are looked for in the arguments of commands.
const DEEPEST: u8 = 8;

/// The text without LaTeX.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['\\', '$']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    write(text, false, 0, &mut out);
    out
}

/// Writes a text, or a formula, without its LaTeX.
fn write(text: &str, is_formula: bool, depth: u8, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '$', '{', '}', '^', '_']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let n_read = match rest.as_bytes()[0] {
            b'$' if !is_formula => dollars(rest, depth, out),
            b'\\' => command(rest, is_formula, depth, out),
            b'{' if !is_formula => group(rest, depth, out),
            b'^' | b'_' | b'{' | b'}' | b'$' if is_formula => Some(1),
            _ => None,
        };
        let n_read = n_read.unwrap_or_else(|| {
            out.push_str(&rest[..1]);
            1
        });
        rest = &rest[n_read..];
    }
    out.push_str(rest);
}

/// Reads `$x$` and `$$x$$`. As in Markdown readers, a blank inside of a dollar or a digit behind the last makes it money.
fn dollars(text: &str, depth: u8, out: &mut String) -> Option<usize> {
    let mark = if text.starts_with("$$") { "$$" } else { "$" };
    let inside = &text[mark.len()..];
    let len = within(inside, LONGEST_FORMULA).find(mark)?;
    let (formula, behind) = (&inside[..len], &inside[len + mark.len()..]);
    let is_bounded = !formula.is_empty() && formula.trim() == formula || formula.contains('\\');
    if !is_bounded || formula.contains("\n\n") || behind.starts_with(|c: char| c.is_ascii_digit()) || depth >= DEEPEST {
        return None;
    }
    write(formula.trim(), true, depth + 1, out);
    Some(len + 2 * mark.len())
}

/// Reads what begins with a backslash.
fn command(text: &str, is_formula: bool, depth: u8, out: &mut String) -> Option<usize> {
    let rest = &text[1..];
    let first = rest.chars().next()?;
    if !first.is_ascii_alphabetic() {
        return sign(rest, first, depth, out);
    }
    let name_len = rest.bytes().take(30).take_while(u8::is_ascii_alphabetic).count();
    let (name, behind) = rest.split_at(name_len);
    let mark = accent(name).filter(|_| name.len() == 1);
    if let Some(n_read) = mark.and_then(|mark| accented(behind, mark, out)) {
        return Some(1 + name_len + n_read);
    }
    if HOLDING.contains(&name) {
        let inside = argument(behind).filter(|_| depth < DEEPEST)?;
        write(inside, is_formula, depth + 1, out);
        return Some(1 + name_len + inside.len() + 2);
    }
    if is_formula && name == "frac" {
        return fraction(behind, depth, out).map(|n_read| 1 + name_len + n_read);
    }
    let letter = letter(name).or_else(|| is_formula.then(|| word_in_formula(name)))?;
    out.push_str(&letter);
    if behind.starts_with("{}") {
        return Some(1 + name_len + 2);
    }
    // The blank behind a letter only ends the command; that behind a sign or a word is one to see.
    let is_letter = is_formula && letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic);
    let n_blanks = if is_letter { behind.len() - behind.trim_start_matches(' ').len() } else { 0 };
    Some(1 + name_len + n_blanks)
}

/// Reads a backslash with a sign: `\&`, `\'e`, `\(x\)`.
fn sign(rest: &str, first: char, depth: u8, out: &mut String) -> Option<usize> {
    match first {
        '&' | '%' | '$' | '_' | '#' | '{' | '}' => {
            out.push(first);
            Some(2)
        }
        '(' | '[' => {
            let end = if first == '(' { "\\)" } else { "\\]" };
            let len = within(&rest[1..], LONGEST_FORMULA).find(end).filter(|_| depth < DEEPEST)?;
            write(rest[1..1 + len].trim(), true, depth + 1, out);
            Some(2 + len + 2)
        }
        ',' | ';' | ':' | ' ' => {
            out.push(' ');
            Some(2)
        }
        '!' => Some(2),
        _ => {
            let mark = accent(rest.get(..1)?)?;
            accented(&rest[1..], mark, out).map(|n_read| 2 + n_read)
        }
    }
}

/// Reads a group that only holds a command: `{\'e}`, `{\em x}`, `{\alpha}`.
fn group(text: &str, depth: u8, out: &mut String) -> Option<usize> {
    let inside = argument(text).filter(|inside| inside.starts_with('\\') && depth < DEEPEST)?;
    let shape = ["em", "it", "bf", "rm", "sc", "sl", "tt", "sf"]
        .iter()
        .find_map(|name| inside[1..].strip_prefix(name)?.strip_prefix(' '));
    write(shape.unwrap_or(inside), false, depth + 1, out);
    Some(inside.len() + 2)
}

/// What stands between the braces that begin here; not looked for further than a formula may be long.
fn argument(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let mut open = 1;
    let mut is_escaped = false;
    for (at, byte) in within(inside, LONGEST_FORMULA).bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(&inside[..at]);
        }
    }
    None
}

/// The beginning of a text, no longer than so many bytes.
fn within(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

fn fraction(text: &str, depth: u8, out: &mut String) -> Option<usize> {
    let above = argument(text).filter(|_| depth < DEEPEST)?;
    let below = argument(&text[above.len() + 2..])?;
    write(above, true, depth + 1, out);
    out.push('/');
    write(below, true, depth + 1, out);
    Some(above.len() + below.len() + 4)
}

/// Commands of which only what they hold is text.
const HOLDING: [&str; 27] = [
    "emph",
    "textit",
    "textbf",
    "texttt",
    "textsc",
    "textrm",
    "textsf",
    "textsl",
    "textup",
    "textnormal",
    "text",
    "mbox",
    "mathrm",
    "mathbf",
    "mathit",
    "mathcal",
    "mathbb",
    "mathsf",
    "mathtt",
    "mathfrak",
    "boldsymbol",
    "bm",
    "operatorname",
    "underline",
    "uppercase",
    "ensuremath",
    "hbox",
];

/// The combining character of an accent: `'` of `\'e`.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30A}',
        "H" => '\u{30B}',
        "v" => '\u{30C}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// Reads the letter under an accent: `e`, `{e}`, `\i`, `{\i}`. Behind an accent that is a letter itself it is in braces
/// or behind a blank.
fn accented(text: &str, mark: char, out: &mut String) -> Option<usize> {
    let inside = argument(text).filter(|inside| inside.len() <= 4);
    let bare = inside.unwrap_or_else(|| text.trim_start_matches(' '));
    let (letter, len) = match bare.strip_prefix('\\') {
        Some(dotless) => (dotless.chars().next().filter(|c| matches!(c, 'i' | 'j'))?, 2),
        None => bare.chars().next().filter(|c| c.is_alphabetic()).map(|c| (c, c.len_utf8()))?,
    };
    if inside.is_some_and(|inside| inside.len() != len) {
        return None;
    }
    out.push(letter);
    out.push(mark);
    if inside.is_some() {
        return Some(len + 2);
    }
    let is_command = bare.starts_with('\\');
    let blank_behind = usize::from(is_command && bare[len..].starts_with(' '));
    Some(text.len() - bare.len() + len + blank_behind)
}

/// The letter or sign that a command stands for.
fn letter(name: &str) -> Option<std::borrow::Cow<'static, str>> {
    let own = match name {
        "ss" => "ß",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "infty" => "∞",
        "cdot" => "·",
        "neq" => "≠",
        "varepsilon" | "epsilon" => "ε",
        "varphi" => "φ",
        "ldots" | "dots" | "cdots" => "…",
        "to" => "→",
        "partial" => "∂",
        "textendash" => "–",
        "textemdash" => "—",
        _ => "",
    };
    if !own.is_empty() {
        return Some(own.into());
    }
    is_named_by_html(name).then(|| html_escape::decode_html_entities(&format!("&{name};")).into_owned().into())
}

/// HTML took the names of its characters from LaTeX; these are the ones that mean the same in both.
fn is_named_by_html(name: &str) -> bool {
    const SIGNS: [&str; 40] = [
        "times",
        "pm",
        "mp",
        "leq",
        "geq",
        "le",
        "ge",
        "ne",
        "approx",
        "sim",
        "simeq",
        "equiv",
        "propto",
        "in",
        "notin",
        "subset",
        "subseteq",
        "cup",
        "cap",
        "sum",
        "prod",
        "int",
        "nabla",
        "forall",
        "exist",
        "ell",
        "hbar",
        "oplus",
        "otimes",
        "langle",
        "rangle",
        "rightarrow",
        "leftarrow",
        "Rightarrow",
        "leftrightarrow",
        "dagger",
        "prime",
        "ll",
        "gg",
        "perp",
    ];
    const GREEK: [&str; 24] = [
        "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
        "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "epsilon",
    ];
    SIGNS.contains(&name) || GREEK.contains(&name.to_lowercase().as_str())
}

/// A command of a formula that is no sign: a function such as `\log`, or a mark that only forms it, such as `\left`.
fn word_in_formula(name: &str) -> std::borrow::Cow<'static, str> {
    match name {
        "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "displaystyle" | "limits" | "rm" | "bf" | "it" | "cal"
        | "hat" | "bar" | "tilde" | "vec" | "overline" | "widehat" | "widetilde" => "".into(),
        "quad" | "qquad" => " ".into(),
        "sqrt" => "√".into(),
        "circ" => "∘".into(),
        "star" | "ast" => "*".into(),
        _ => name.to_owned().into(),
    }
}
