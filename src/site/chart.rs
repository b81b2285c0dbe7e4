use super::words::grouped;

/// Years with a number each, as bars.
pub(super) struct Chart {
    /// What it shows, for those who do not see it.
    pub(super) summary: String,
    pub(super) bars: Vec<Bar>,
    pub(super) marks: Vec<Mark>,
    /// All points, also those that are too early for the picture.
    pub(super) points: Vec<Point>,
    /// How the columns of the table are headed.
    pub(super) columns: (String, String),
}

/// A number of a year.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub(super) year: i32,
    pub(super) value: f64,
    pub(super) text: String,
    pub(super) href: Option<String>,
}

/// Place and size in the picture, as SVG wants them.
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) title: String,
}

/// A year below the bars.
pub(super) struct Mark {
    pub(super) x: String,
    pub(super) text: String,
}

const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 90.0;
const MARGIN: f64 = 16.0;
/// Bars for more years than these could not be told apart.
const MOST_YEARS: i64 = 80;

impl Point {
    pub(super) fn counted(year: i32, n: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "the height of a bar")]
        let value = n as f64;
        Self { year, value, text: grouped(n), href: None }
    }
}

impl Chart {
    /// None where there is nothing to compare, or where a year comes twice.
    pub(super) fn of(mut points: Vec<Point>, columns: (String, String), summary: String) -> Option<Self> {
        points.sort_by_key(|point| point.year);
        let is_twice = points.windows(2).any(|pair| pair[0].year == pair[1].year);
        let highest = points.iter().map(|point| point.value).fold(0.0, f64::max);
        let (first, last) = (points.first()?.year, points.last()?.year);
        if is_twice || first == last || highest <= 0.0 || !highest.is_finite() {
            return None;
        }
        let first = i64::from(first).max(i64::from(last) - MOST_YEARS + 1);
        let scale = Scale::of(first, i64::from(last), highest);
        let shown = points.iter().filter(|point| i64::from(point.year) >= first);
        let bars = shown.map(|point| scale.bar(point)).collect();
        Some(Self { summary, bars, marks: scale.marks(), points, columns })
    }

    pub(super) fn view_box(&self) -> String {
        format!("0 0 {} {}", WIDTH + 2.0 * MARGIN, HEIGHT + 26.0)
    }
}

struct Scale {
    first: i64,
    n_years: i64,
    step: f64,
    highest: f64,
}

impl Scale {
    fn of(first: i64, last: i64, highest: f64) -> Self {
        let n_years = last - first + 1;
        #[expect(clippy::cast_precision_loss, reason = "at most eighty")]
        let step = WIDTH / n_years as f64;
        Self { first, n_years, step, highest }
    }

    fn left(&self, year: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "at most eighty")]
        let place = (year - self.first) as f64;
        MARGIN + place * self.step
    }

    fn bar(&self, point: &Point) -> Bar {
        // A number above nothing is seen, however small it is beside the highest.
        let height = if point.value > 0.0 { (point.value / self.highest * HEIGHT).max(1.5) } else { 0.0 };
        let gap = (self.step * 0.15).min(3.0);
        Bar {
            x: format!("{:.2}", self.left(point.year.into()) + gap / 2.0),
            y: format!("{:.2}", 8.0 + HEIGHT - height),
            width: format!("{:.2}", (self.step - gap).min(40.0)),
            height: format!("{height:.2}"),
            title: format!("{}: {}", point.year, point.text),
        }
    }

    fn marks(&self) -> Vec<Mark> {
        let every = [1, 2, 5, 10, 20].into_iter().find(|every| self.n_years / every <= 9).unwrap_or(20);
        let width = (self.step - (self.step * 0.15).min(3.0)).min(40.0);
        let last = self.first + self.n_years - 1;
        (self.first..=last)
            .filter(|year| year % every == 0)
            .map(|year| Mark { x: format!("{:.2}", self.left(year) + width / 2.0), text: year.to_string() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(years: &[(i32, usize)]) -> Option<usize> {
        let points = years.iter().map(|(year, n)| Point::counted(*year, *n)).collect();
        Chart::of(points, (String::new(), String::new()), String::new()).map(|chart| chart.bars.len())
    }

    #[test]
    fn draws_what_can_be_compared() {
        assert_eq!(check(&[(2019, 3), (2017, 1)]), Some(2));
        assert_eq!(check(&[(2019, 3)]), None);
        assert_eq!(check(&[(2019, 3), (2019, 1), (2020, 1)]), None);
        assert_eq!(check(&[]), None);
    }

    #[test]
    fn years_far_apart_do_not_make_a_wide_picture() {
        assert_eq!(check(&[(i32::MIN, 1), (2019, 3), (i32::MAX, 1)]), Some(1));
        assert_eq!(check(&[(1580, 1), (2019, 3), (2020, 1)]), Some(2));
    }
}
