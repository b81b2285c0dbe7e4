use std::time::{Duration, Instant};

use super::{paragraphs, plain};

fn check(markup: &str, expected: &str) {
    assert_eq!(plain(markup), expected, "{markup}");
    assert_eq!(plain(expected), expected, "plain text stays: {expected}");
}

#[test]
fn white_space_is_one_blank_and_no_text_is_empty() {
    check("  A \n\t title\u{a0}of\u{2003}words \r\n", "A title of words");
    check("", "");
    check(" \n ", "");
    check("<p></p>", "");
    check("A\u{2028}b\u{85}c", "A b c");
}

#[test]
fn entities_are_read_however_often_they_were_written() {
    check("Genes &amp; cells", "Genes & cells");
    check("Genes &amp;amp; cells", "Genes & cells");
    check("p &lt; 0.05 &gt; 0.01", "p < 0.05 > 0.01");
    check("H&amp;lt;sub&amp;gt;2&amp;lt;/sub&amp;gt;O", "H2O");
    check("H&lt;sub&gt;2&lt;/sub&gt;O", "H2O");
    check("&eacute;t&#233; &#xE9; &alpha;-helix &ndash; &hellip;", "été é α-helix – …");
    check("1990&#150;1995 &#146;s", "1990–1995 ’s");
    check("AT&T; R&D &nosuch; &#xFFFFFFFF; &#0;", "AT&T; R&D &nosuch; &#xFFFFFFFF; &#0;");
    check("a&nbsp;b&#8203;c", "a bc");
}

#[test]
fn an_inline_tag_leaves_nothing_and_a_block_tag_a_blank() {
    check("H<sub>2</sub>O and <i>E. coli</i><sup>+</sup>", "H2O and E. coli+");
    check("<scp>DNA</scp> <B>x</B> <em class=\"a\">y</em> <a href='https://a.org/?b=c&d'>z</a>", "DNA x y z");
    check("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two.");
    check("one<br/>two<br />three<BR>four", "one two three four");
    check("<jats:italic xmlns:jats=\"x\">in</jats:italic>side <jats:new-thing>x</jats:new-thing>", "inside x");
    check("a<!-- no <b> text -->b<![CDATA[ & c]]>", "ab & c");
    check("x<style>p { a: b }</style>y<script>if (a<b) {}</script>z", "xyz");
    check("<span style=\"a > b\">x</span>", "x");
}

#[test]
fn a_smaller_than_sign_is_no_tag() {
    for text in [
        "p < 0.05",
        "p<0.05 and q>0.1",
        "a<b and c>d",
        "Vec<T> and Map<K, V>",
        "x <y> z",
        "1 <2> 3",
        "a <- b -> c",
        "<",
        "a <",
        "<b",
        "</",
        "<!",
        "<!-- open",
        "<![CDATA[ open",
        "if a<b",
        "I <3 R",
        "<i",
        "<i class=",
        "<i class=\"x",
    ] {
        check(text, text);
    }
}

#[test]
fn mathml_becomes_its_text() {
    check("The <mml:math><mml:mi>α</mml:mi></mml:math>-helix", "The α-helix");
    check(
        "<mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\">\n  <mml:msup>\n    <mml:mi>x</mml:mi>\n    <mml:mn>2</mml:mn>\n  </mml:msup>\n</mml:math> terms",
        "x2 terms",
    );
    check("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>", "a+1/b");
    check("<math><mi>p</mi><mspace/><mo>&lt;</mo><mn>1</mn></math> x", "p <1 x");
    check(
        "<math><semantics><mi>β</mi><annotation encoding=\"application/x-tex\">\\beta</annotation></semantics></math>",
        "β",
    );
    check(
        "<inline-formula><alternatives><tex-math>$$\\beta$$</tex-math><mml:math><mml:mi>β</mml:mi></mml:math></alternatives></inline-formula> cells",
        "β cells",
    );
    check("<inline-formula><tex-math>$\\beta$</tex-math></inline-formula> cells", "β cells");
    check("<math><mi>a", "a");
}

#[test]
fn latex_becomes_its_text() {
    check(r"$\alpha$-stable and $\Delta$F508", "α-stable and ΔF508");
    check(r"\emph{In vivo} \textit{E. coli} {\em x y} \textbf{\emph{z}}", "In vivo E. coli x y z");
    check(
        r#"Poincar{\'e}, Erd\H{o}s, M{\"u}ller, \'{E}tale, Fran\c{c}ois, \v{S}ik, \'\i n, na{\"\i}ve"#,
        "Poincaré, Erdős, Müller, Étale, François, Šik, ín, naïve",
    );
    check(r"\o{}rsted {\ss} \L{}ódź {\aa}", "ørsted ß Łódź å");
    check(
        r"$O(n^2)$, $10^{-5}$, $x_i \leq y_{ij}$, \(k\)-means, $\mathcal{O}(\log n)$",
        "O(n2), 10-5, xi ≤ yij, k-means, O(log n)",
    );
    check(r"$\frac{a}{b}$ $\mathrm{CO_2}$ $$x$$", "a/b CO2 x");
    check(r"R\&D at 5\% of \$100 by a\_b", "R&D at 5% of $100 by a_b");
    check(r"\alpha{}-helix, $\beta $-sheet, $\Delta t$, $\gamma{}x$", "α-helix, β-sheet, Δt, γx");
}

#[test]
fn a_dollar_may_be_money_and_a_backslash_a_path() {
    for text in [
        "from $5 to $10",
        "$5-$10",
        "costs $100",
        "US$ 5 and US$ 6",
        r"C:\Users\name",
        r"\unknown{x}",
        r"a \",
        r"the set {a, b}",
        "x_1 ^ y",
        "$",
        "$$",
        r"\textit{open",
        r"\'",
        r"\'{",
    ] {
        check(text, text);
    }
}

#[test]
fn utf_8_that_was_read_as_windows_1252_is_mended() {
    check("MuÃ±oz, JosÃ©", "Muñoz, José");
    check("donâ€™t â€œquoteâ€\u{9d} 1â€“2", "don’t “quote” 1–2");
    check("Î±-synuclein", "α-synuclein");
    check("æ·±åº¦å\u{ad}¦ä¹\u{a0}", "深度学习");
    check("JosÃƒÂ©", "José");
    check("20 Â°C", "20 °C");
    check("Jos&Atilde;&copy;", "José");
}

#[test]
fn sound_text_of_every_script_stays() {
    for text in [
        "naïve Bayes à la carte, Ångström",
        "São Paulo, AÇÃO, IRMÃ",
        "Ã© and 深",
        "深度学习在基因组学中的应用",
        "ゲノム解析のための深層学習",
        "유전체학을 위한 딥러닝",
        "Глубокое обучение в геномике",
        "Βαθιά μάθηση",
        "التعلم العميق",
        "למידה עמוקה",
        "می\u{200c}خواهم",
        "गहन शिक्षा",
        "การเรียนรู้เชิงลึก",
        "Học sâu trong hệ gen học",
        "👩\u{200d}🔬 α→β ≤ 5 µm ± 2 °C",
        "Jürgen Müller, Łukasz, Çelik, Þór",
    ] {
        check(text, text);
    }
}

#[test]
fn what_nobody_sees_is_dropped_and_letters_are_composed() {
    check("a\u{0}b\u{7}c\u{1b}d\u{7f}", "abcd");
    check("a\u{202e}b\u{202c}\u{2066}c\u{2069}\u{200f}", "abc");
    check("\u{feff}so\u{ad}ft\u{200b}", "soft");
    check("hidden\u{e0041}\u{e0042}", "hidden");
    check("e\u{301}", "é");
}

#[test]
fn an_abstract_keeps_its_paragraphs_and_loses_its_heading() {
    let jats = "<jats:title>Abstract</jats:title><jats:sec><jats:title>Background</jats:title>\n<jats:p>One <jats:italic>x</jats:italic>.</jats:p></jats:sec><jats:sec><jats:p>Two\n  lines.</jats:p></jats:sec>";
    assert_eq!(paragraphs(jats), "Background\n\nOne x.\n\nTwo lines.");
    assert_eq!(paragraphs("First\nline.\n \nSecond."), "First line.\n\nSecond.");
    assert_eq!(paragraphs("<h4>Results</h4>Good.\n\nStill."), "Results\n\nGood. Still.");
    for text in
        ["Abstract: We do.", "AbstractWe do.", "ABSTRACT We do.", "Abstract. We do.", "<p>ABSTRACT</p>We do.", "We do."]
    {
        assert_eq!(paragraphs(text), "We do.", "{text}");
    }
    for text in ["Abstract interpretation is old.", "Abstraction is.", "Summary statistics do."] {
        assert_eq!(paragraphs(text), text);
    }
    assert_eq!(paragraphs("Abstract"), "");
    assert_eq!(paragraphs("<p> </p>"), "");
}

#[test]
fn megabytes_of_anything_are_read_in_time() {
    let n_bytes = 1_000_000;
    for piece in [
        "<",
        "<b ",
        "<b a=\"",
        "<b a='<b a=\"",
        "<!--",
        "<![CDATA[",
        "<style>",
        "<mml:annotation>",
        "<tex-math>",
        "<math><mfrac>",
        "</math>",
        "&",
        "&#",
        "&lt;",
        "&amp;",
        "&amp;amp;amp;",
        "$",
        "$a",
        "\\",
        "\\(",
        "\\[",
        "{\\",
        "\\emph{",
        "{\\em ",
        "\\frac{a}{",
        "$\\frac{",
        "\\'",
        "\\c ",
        "Ã",
        "Ã©",
        "\u{202e}",
        "e\u{301}",
        "\u{301}",
        "<p>",
        "\n\n",
        "深",
        "<mml:math><mml:mi>",
        "$\\emph{$\\emph{",
        "<i a=1 ",
    ] {
        let text = piece.repeat(n_bytes / piece.len());
        let start = Instant::now();
        let n_chars = plain(&text).len() + paragraphs(&text).len();
        assert!(start.elapsed() < Duration::from_secs(20), "{piece}: {n_chars} in {:?}", start.elapsed());
    }
}

#[test]
fn every_cut_and_every_mix_is_read() {
    let sample = r#"<jats:p id="a">Poincar{\'e} &amp;lt; $\frac{α}{b}$ \emph{MuÃ±oz} <mml:math><mml:mi>深</mml:mi></mml:math> <!-- x --> \(k\) 5\% <style>a</style>"#;
    let cuts: Vec<usize> = sample.char_indices().map(|(at, _)| at).chain([sample.len()]).collect();
    for (n, from) in cuts.iter().enumerate() {
        for to in &cuts[n..] {
            let part = &sample[*from..*to];
            let text = plain(part);
            assert_eq!(text.trim(), text);
            paragraphs(part);
        }
    }
}
