//! Requests to services.

use std::{collections::VecDeque, sync::Mutex, time::Instant};

use amml_graph::net::{Heard, Kept, Lane, Method, Request};

use super::*;

/// Options under which a service on this machine may be asked.
pub(super) fn trusting(servers: &[&Server]) -> Options {
    Options { trusted: servers.iter().map(|server| server.authority()).collect(), ..quick() }
}

/// Manners of one request at a time.
fn serial() -> Manners {
    Manners { open_per_host: 1, ..quick().manners }
}

fn lane<T>(manners: Manners, requests: impl IntoIterator<Item = (T, Request)>) -> Lane<T> {
    Lane { name: "service".to_owned(), manners, requests: requests.into_iter().collect() }
}

/// A lane that asks a server for some paths, each of which comes back with its answer.
fn paths(server: &Server, manners: Manners, paths: &[&str]) -> Lane<String> {
    lane(manners, paths.iter().map(|path| ((*path).to_owned(), Request::get(url(server, path)))))
}

/// All that is heard, in its order and in a few words.
pub(super) fn heard<T: std::fmt::Display>(client: &Client, lanes: Vec<Lane<T>>) -> Vec<String> {
    let mut all = Vec::new();
    client.ask_all(lanes, &mut |number, tag, heard| {
        all.push(format!("{number} {tag}: {}", told(&heard)));
        Vec::new()
    });
    all
}

fn told(heard: &Heard) -> String {
    match heard {
        Heard::Found(answer) => String::from_utf8_lossy(&answer.body).into_owned(),
        Heard::Absent => "absent".to_owned(),
        Heard::Refused { status, body_start } => format!("refused {status} {body_start}"),
        Heard::Failed(failure) => {
            let debug = format!("{failure:?}");
            let kind = debug.split([' ', '{']).next().unwrap().to_owned();
            if let Failure::Status { status, .. } = failure { format!("{kind} {status}") } else { kind }
        }
    }
}

/// What is heard of one request.
pub(super) fn one(options: Options, request: Request) -> Heard {
    let mut all = Vec::new();
    let manners = options.manners.clone();
    Client::new(options).ask_all(vec![lane(manners, [((), request)])], &mut |_, (), heard| {
        all.push(heard);
        Vec::new()
    });
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn each_answer_is_what_it_is() {
    let server = Server::new(|asked, n| match asked.path.as_str() {
        "/here" => Reply::ok([0xff, b'x']).with("Content-Type", "text/html; charset=nonsense"),
        "/empty" => Reply::status(204),
        "/absent" => Reply { body: b"<html>".to_vec(), ..Reply::status(404) },
        "/gone" => Reply::status(410),
        "/bad" => Reply { body: b"unknown field \"x\"".to_vec(), ..Reply::status(400) },
        "/closed" => Reply { body: vec![b'y'; 2000], ..Reply::status(403) },
        "/busy" if n == 0 => Reply::status(429),
        "/wait" if n == 0 => Reply::status(429).with("Retry-After", "1"),
        "/github" if n == 0 => {
            Reply::status(403).with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", "1000000000")
        }
        "/busy" | "/wait" | "/github" => Reply::ok("at last"),
        "/always-busy" => Reply::status(429),
        "/down" => Reply::status(500),
        "/slow" => Reply { wait: Duration::from_millis(800), ..Reply::ok("late") },
        "/cut" => Reply { cut_at: Some(3), ..Reply::ok("whole text") },
        "/unmodified" => Reply::status(304),
        _ => Reply::status(302).with("Location", "/round"),
    });
    let client = Client::new(trusting(&[&server]));
    let asked = |path: &str| heard(&client, vec![paths(&server, serial(), &[path])]).remove(0);
    let began = Instant::now();
    for (path, expected) in [
        ("/here", "\u{fffd}x"),
        ("/empty", ""),
        ("/absent", "absent"),
        ("/gone", "absent"),
        ("/bad", "refused 400 unknown field \"x\""),
        ("/busy", "at last"),
        ("/github", "at last"),
        ("/always-busy", "Status 429"),
        ("/down", "Status 500"),
        ("/cut", "Unreachable"),
        ("/here", "\u{fffd}x"),
        ("/round", "TooManyRedirects"),
        ("/unmodified", "Status 304"),
    ] {
        assert_eq!(asked(path), format!("0 {path}: {expected}"));
    }
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(asked("/slow"), "0 /slow: Unreachable");
    assert_eq!(asked("/wait"), "0 /wait: at last");
    assert!(began.elapsed() > Duration::from_secs(2), "the wait was not heeded");
    let Heard::Refused { body_start, .. } = one(trusting(&[&server]), Request::get(url(&server, "/closed"))) else {
        panic!()
    };
    assert_eq!(body_start, "y".repeat(500));
    for (path, n) in [("/bad", 1), ("/closed", 1), ("/down", 4), ("/always-busy", 4), ("/slow", 4), ("/cut", 4)] {
        assert_eq!(server.paths().iter().filter(|asked| *asked == path).count(), n, "{path}");
    }
}

#[test]
fn a_request_is_sent_as_it_was_made() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/moved" => Reply::status(307).with("Location", "/batch"),
        "/see" => Reply::status(303).with("Location", "/result"),
        _ => Reply::ok(format!("{} {}", asked.method, String::from_utf8_lossy(&asked.body))),
    });
    let options = || trusting(&[&server]);
    let batch =
        |path| Request::post_json(url(&server, path), b"[1]".to_vec()).accepting("text/x").with("x-a", "b".into());
    let mut head = Request::get(url(&server, "/x"));
    head.method = Method::Head;
    for (request, expected) in
        [(batch("/batch"), "POST [1]"), (batch("/moved"), "POST [1]"), (batch("/see"), "GET "), (head, "")]
    {
        assert_eq!(told(&one(options(), request)), expected);
    }
    let asked = server.asked();
    let header = |at: usize, name| asked[at].header(name);
    assert_eq!((header(0, "accept"), header(0, "x-a")), (Some("text/x"), Some("b")));
    assert_eq!(header(0, "content-type"), Some("application/json"));
    assert_eq!((asked[4].path.as_str(), header(4, "content-type")), ("/result", None));
    assert_eq!(asked[5].method, "HEAD");
    let broken = Request::get(url(&server, "/x")).with("x-a", "two\nlines".to_owned());
    assert_eq!(told(&one(options(), broken)), "Unreachable");
    assert_eq!(server.asked().len(), 6, "what cannot be sent is not sent in part");
}

#[test]
fn no_lane_waits_for_another() {
    let slow = Server::new(|_, _| Reply { wait: Duration::from_millis(100), ..Reply::ok("") });
    let quick = Server::new(|_, _| Reply::ok(""));
    let down = Server::new(|_, _| Reply::status(501));
    let many: Vec<String> = (0..200).map(|n| format!("/{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let lanes = vec![
        paths(&slow, Manners { open_per_host: 2, ..serial() }, &many[..6]),
        paths(&down, serial(), &many),
        paths(&quick, serial(), &many),
    ];
    let began = Instant::now();
    let all = heard(&Client::new(trusting(&[&slow, &quick, &down])), lanes);
    assert!(began.elapsed() < Duration::from_millis(1000), "{:?}", began.elapsed());
    assert_eq!(all.len(), 406);
    let slow_ones: Vec<usize> = (0..406).filter(|at| all[*at].starts_with('0')).collect();
    assert!(slow_ones[2] >= 400, "the others had to wait: {slow_ones:?}");
}

#[test]
fn answers_that_are_there_at_once_do_not_hold_up_the_other_lanes() {
    let slow = Server::new(|_, _| Reply { wait: Duration::from_millis(20), ..Reply::ok("") });
    let down = Server::new(|_, _| Reply::status(429).with("Retry-After", "3600"));
    let many = |server: &Server, n| lane(serial(), (0..n).map(|n| (n, Request::get(url(server, "/x")))));
    let mut all = Vec::new();
    let lanes = vec![many(&slow, 5), many(&down, 300)];
    Client::new(trusting(&[&slow, &down])).ask_all(lanes, &mut |number, _, _| {
        std::thread::sleep(Duration::from_millis(2));
        all.push(number);
        Vec::new()
    });
    let last = all.iter().rposition(|number| *number == 0).unwrap();
    assert!(last < 250, "the slow lane was heard only after {last} answers");
}

#[test]
fn each_lane_has_its_own_manners() {
    let (open, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let server = Server::new(move |_, _| {
        most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        open.fetch_sub(1, Ordering::SeqCst);
        Reply::ok("")
    });
    let paced = Server::new(|_, _| Reply::ok(""));
    let many: Vec<String> = (0..10).map(|n| format!("/{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let slowly = Manners { pause_between: Duration::from_millis(40), ..serial() };
    let lanes =
        vec![paths(&server, Manners { open_per_host: 3, ..serial() }, &many), paths(&paced, slowly, &many[..4])];
    assert_eq!(heard(&Client::new(trusting(&[&server, &paced])), lanes).len(), 14);
    assert_eq!(seen.load(Ordering::SeqCst), 3);
    assert_eq!(paced.paths(), ["/0", "/1", "/2", "/3"], "in the order of the lane");
    let asked = paced.asked();
    assert!(asked[3].at - asked[0].at >= Duration::from_millis(115), "too fast");
}

#[test]
fn what_is_heard_can_lead_to_more_requests() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/batch" => Reply::status(400),
        path => Reply::ok(path),
    });
    let client = Client::new(trusting(&[&server]));
    let mut all = Vec::new();
    let start = [
        ("batch", Request::post_json(url(&server, "/batch"), b"[1,2]".to_vec())),
        ("page", Request::get(url(&server, "/1"))),
    ];
    client.ask_all(vec![lane(serial(), start)], &mut |number, tag, heard| {
        all.push(format!("{number} {tag} {}", told(&heard)));
        match heard {
            Heard::Refused { .. } => ["/a", "/b"].map(|path| ("single", Request::get(url(&server, path)))).to_vec(),
            Heard::Found(answer) if answer.body == b"/1" => vec![("page", Request::get(url(&server, "/2")))],
            _ => {
                // The client may be used in the meantime.
                assert_eq!(text(client.get(&url(&server, "/aside"))), "/aside");
                Vec::new()
            }
        }
    });
    assert_eq!(all, ["0 batch refused 400 ", "0 page /1", "0 single /a", "0 single /b", "0 page /2"]);
}

#[test]
fn a_host_that_fails_again_and_again_is_given_up() {
    let server = Server::new(|_, _| Reply::status(503));
    let other = Server::new(|_, _| Reply::ok("here"));
    let manners = Manners { tries: 2, ..serial() };
    let many: Vec<String> = (0..20).map(|n| format!("/{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let client = Client::new(trusting(&[&server, &other]));
    let all = heard(&client, vec![paths(&server, manners.clone(), &many), paths(&other, manners.clone(), &many)]);
    let count = |end: &str| all.iter().filter(|told| told.ends_with(end)).count();
    assert_eq!((count("Status 503"), count("GivenUp"), count("here")), (5, 15, 20));
    assert_eq!(server.asked().len(), 10);
    assert_eq!(heard(&client, vec![paths(&server, manners.clone(), &["/x"])]), ["0 /x: GivenUp"], "for this run");
    assert!(matches!(client.get(&url(&server, "/x")), Lookup::Failed(Failure::Status { status: 503, .. })));

    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let closed: WebUrl = format!("http://127.0.0.1:{port}/x").parse().unwrap();
    let client = Client::new(Options { trusted: vec![format!("127.0.0.1:{port}")], ..quick() });
    let all = heard(&client, vec![lane(manners.clone(), (0..8).map(|n| (n, Request::get(closed.clone()))))]);
    assert_eq!(all.iter().filter(|told| told.ends_with("Unreachable")).count(), 5);
    assert_eq!(all.iter().filter(|told| told.ends_with("GivenUp")).count(), 3);

    let moody = Server::new(|asked, _| Reply::status(if asked.path.ends_with(['4', '9']) { 404 } else { 500 }));
    let all = heard(&Client::new(trusting(&[&moody])), vec![paths(&moody, manners, &many)]);
    assert!(!all.iter().any(|told| told.ends_with("GivenUp")), "an answer begins the count anew: {all:?}");
}

#[test]
fn a_host_that_asks_to_wait_for_long_is_left_alone() {
    let hour = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 3600;
    let answers = [
        Reply::status(429).with("Retry-After", "3600"),
        Reply::status(403).with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", hour.to_string()),
    ];
    for answer in answers {
        let server = Server::new(move |_, _| answer.clone());
        let lanes = vec![paths(&server, serial(), &["/1", "/2", "/3"])];
        let all = heard(&Client::new(trusting(&[&server])), lanes);
        assert_eq!(all, ["0 /1: LongWait", "0 /2: GivenUp", "0 /3: GivenUp"]);
        assert_eq!(server.paths(), ["/1"]);
    }
    // What is left is no moment, and a good answer no order.
    let server = Server::new(|_, n| match n {
        0 => Reply::status(429).with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", "3600"),
        _ => Reply::ok("here").with("Retry-After", "3600").with("X-RateLimit-Remaining", "0"),
    });
    let client = Client::new(trusting(&[&server]));
    let all = heard(&client, vec![paths(&server, serial(), &["/1", "/1"])]);
    assert_eq!(all, ["0 /1: here", "0 /1: here"]);
}

#[test]
fn after_the_deadline_nobody_is_asked() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/limited" => Reply::status(429).with("Retry-After", "2"),
        "/slow" => Reply { wait: Duration::from_millis(350), ..Reply::ok("") },
        _ => Reply::ok("here"),
    });
    let options = || Options { deadline: Some(Duration::from_millis(200)), ..trusting(&[&server]) };
    let paced = Manners { pause_between: Duration::from_secs(5), ..serial() };
    for (manners, asked, expected) in [
        (serial(), ["/x", "/slow", "/y"], "0 /x: here,0 /slow: OutOfTime,0 /y: OutOfTime"),
        (serial(), ["/x", "/limited", "/y"], "0 /x: here,0 /limited: OutOfTime,0 /y: OutOfTime"),
        (paced, ["/x", "/y", "/z"], "0 /x: here,0 /y: OutOfTime,0 /z: OutOfTime"),
    ] {
        let client = Client::new(options());
        let began = Instant::now();
        assert_eq!(heard(&client, vec![paths(&server, manners, &asked)]).join(","), expected);
        assert!(began.elapsed() < Duration::from_millis(330), "{:?}", began.elapsed());
        assert!(matches!(client.get(&url(&server, "/x")), Lookup::Failed(Failure::OutOfTime { .. })));
    }
    // It counts from the first request.
    let client = Client::new(options());
    std::thread::sleep(Duration::from_millis(250));
    assert_eq!(heard(&client, vec![paths(&server, serial(), &["/x"])]), ["0 /x: here"]);
}

#[test]
fn an_answer_without_an_end_is_not_read() {
    let server = Server::new(|_, _| Reply { repeat: Some(200), ..Reply::ok(vec![b'x'; 1 << 20]) });
    let manners = Manners { largest: 1 << 20, time_limit: Duration::from_secs(20), ..serial() };
    let lanes = vec![paths(&server, manners, &["/x", "/y"])];
    assert_eq!(heard(&Client::new(trusting(&[&server])), lanes), ["0 /x: TooLarge", "0 /y: TooLarge"]);
    assert_eq!(server.asked().len(), 2, "and not asked for again");
    assert!(server.n_sent() < 40 << 20, "{}", server.n_sent());
}

/// A deflated run of 'x' of about 2.5 MB in 16 KB ([RFC 1951](https://www.rfc-editor.org/rfc/rfc1951)).
fn bomb() -> Vec<u8> {
    const LETTER: (u32, usize) = (0b1010_1000, 8);
    // A length of 258, a distance of 1.
    const AGAIN: [(u32, usize); 2] = [(0b1100_0101, 8), (0, 5)];
    let codes = std::iter::once(LETTER).chain(std::iter::repeat_n(AGAIN, 10_000).flatten()).chain([(0, 7)]);
    let code_bits = codes.flat_map(|(code, length)| (0..length).rev().map(move |at| code >> at & 1 == 1));
    // The last block, with the fixed codes.
    let bits: Vec<bool> = [true, true, false].into_iter().chain(code_bits).collect();
    let byte = |bits: &[bool]| bits.iter().enumerate().map(|(at, bit)| u8::from(*bit) << at).sum::<u8>();
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255].into_iter().chain(bits.chunks(8).map(byte)).collect()
}

#[test]
fn what_swells_when_it_is_unpacked_is_bounded() {
    let server = Server::new(|_, _| Reply::ok(bomb()).with("Content-Encoding", "gzip"));
    let asked = |largest| {
        let manners = Manners { largest, tries: 1, ..serial() };
        heard(&Client::new(trusting(&[&server])), vec![paths(&server, manners, &["/x"])])
    };
    assert_eq!(asked(1 << 20), ["0 /x: TooLarge"]);
    assert_eq!(asked(4 << 20), ["0 /x: Unreachable"], "it is whole but for its sum");
}

#[test]
fn a_secret_goes_to_its_host_and_is_shown_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let other = Server::new(|_, _| Reply::ok("elsewhere"));
    let elsewhere = format!("{}/y?a=1&api_key=secret%2Bkey", other.address);
    let server = Server::new(move |asked, _| match asked.path.split('?').next().unwrap() {
        "/out" => Reply::status(302).with("Location", elsewhere.clone()),
        "/on" => Reply::status(302).with("Location", "/here?b=2&api_key=secret%2Bkey"),
        "/bad" => Reply::status(302).with("Location", "gopher://secret+key?api_key=secret%2Bkey"),
        "/refused" => Reply { body: format!("bad: {} secret+key", asked.path).into(), ..Reply::status(400) },
        "/cut" => Reply { cut_at: Some(1), ..Reply::ok("text") },
        _ => Reply::ok("here"),
    });
    let token = Token::new("secret+key").unwrap();
    let options = || Options { cache: Some(folder.path().to_owned()), ..trusting(&[&server, &other]) };
    let request = |path| {
        let request = Request::get(url(&server, path)).secret_query("api_key", &token);
        request.with_secret("x-api-key", &token).with_secret("Authorization", &token)
    };
    let mut shown = format!("{:?}", request("/x"));
    for path in ["/x?a=1", "/out", "/on", "/bad", "/refused", "/cut"] {
        shown += &format!("{:?}", one(options(), request(path)));
    }
    assert!(!shown.contains("secret+") && !shown.contains("secret%"), "{shown}");
    assert!(shown.contains("/here?b=2\"") && shown.contains("bad: /refused?api_key=*** ***"), "{shown}");
    let asked = server.asked();
    assert_eq!(asked[0].path, "/x?a=1&api_key=secret%2Bkey");
    assert_eq!(asked[0].header("x-api-key"), Some("secret+key"));
    assert_eq!(asked[0].header("authorization"), Some("secret+key"), "no bearer");
    assert_eq!(asked[3].path, "/here?b=2&api_key=secret%2Bkey");
    let asked = &other.asked()[0];
    assert_eq!(asked.path, "/y?a=1");
    assert_eq!((asked.header("x-api-key"), asked.header("authorization")), (None, None));
}

#[test]
fn connections_are_used_again_and_thousands_of_answers_take_no_time() {
    let server = Server::new(|asked, _| match asked.path.len() % 3 {
        0 => Reply { body: vec![b'x'; 5000], ..Reply::status(404) },
        1 => Reply { body: vec![b'x'; 5000], ..Reply::status(400) },
        _ => Reply::ok("here"),
    });
    let requests = (0..600).map(|n| (n, Request::get(url(&server, &format!("/{}", "x".repeat(n % 50))))));
    let manners = Manners { open_per_host: 3, time_limit: Duration::from_secs(5), ..serial() };
    let began = Instant::now();
    let mut seen = vec![false; 600];
    Client::new(trusting(&[&server])).ask_all(vec![lane(manners, requests)], &mut |_, n, _| {
        assert!(!std::mem::replace(&mut seen[n], true), "{n} was heard twice");
        Vec::new()
    });
    assert!(seen.into_iter().all(|seen| seen));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let n_connections = server.asked().iter().map(|asked| asked.connection).max().unwrap() + 1;
    assert!(n_connections <= 6, "{n_connections}");
}

#[test]
fn what_is_kept_under_a_name_comes_back_with_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let client = |today| Client::new(Options { today: day(today), ..with_cache(folder.path()) });
    let address: WebUrl = "https://example.org/works".parse().unwrap();
    let found = Kept { body: Some(b"{}".to_vec()), as_of: day(100), address: address.clone() };
    let absent = Kept { body: None, as_of: day(101), address };
    client(100).keep("crossref doi:10.1/x", found.clone()).unwrap();
    client(101).keep("crossref doi:10.1/y", absent.clone()).unwrap();
    let offline = Client::new(Options { connectivity: Connectivity::Offline, ..with_cache(folder.path()) });
    assert!(offline.is_offline() && !client(1).is_offline());
    assert_eq!(client(7).today(), day(7));
    for client in [client(9000), offline] {
        assert_eq!(client.kept("crossref doi:10.1/x"), Some(found.clone()));
        assert_eq!(client.kept("crossref doi:10.1/y"), Some(absent.clone()));
        assert_eq!(client.kept("crossref doi:10.1/z"), None);
    }
    let without = Client::new(quick());
    without.keep("x", found).unwrap();
    assert_eq!(without.kept("x"), None);
}

#[test]
fn offline_all_lanes_fail_and_nobody_is_asked() {
    let server = Server::new(|_, _| Reply::ok(""));
    let client = Client::new(Options { connectivity: Connectivity::Offline, ..trusting(&[&server]) });
    let mut all = Vec::new();
    let more = Mutex::new(VecDeque::from([("c", Request::get(url(&server, "/c")))]));
    let lanes = vec![
        lane(serial(), [("a", Request::get(url(&server, "/a")))]),
        lane(serial(), [("b", Request::get(url(&server, "/b")))]),
    ];
    client.ask_all(lanes, &mut |number, tag, heard| {
        all.push(format!("{number} {tag} {}", told(&heard)));
        more.lock().unwrap().pop_front().into_iter().collect()
    });
    assert_eq!(all, ["0 a NotKept", "0 c NotKept", "1 b NotKept"]);
    assert!(server.asked().is_empty());
}
