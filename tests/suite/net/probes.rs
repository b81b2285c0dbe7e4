//! Links, alive or not.

use amml_graph::net::{Outcome, Probe};

use super::{lanes::trusting, *};

fn probe(options: Options, urls: &[WebUrl]) -> Vec<Probe> {
    let manners = options.manners.clone();
    let mut probes: Vec<Option<Probe>> = urls.iter().map(|_| None).collect();
    Client::new(options).probe_all(urls, &manners, &mut |at, probe| {
        assert!(probes[at].replace(probe).is_none(), "{at} was told twice");
    });
    probes.into_iter().map(Option::unwrap).collect()
}

/// What a probe says, in a few words.
fn told(probe: &Probe) -> String {
    let outcome = match probe.outcome {
        Outcome::Alive => "alive",
        Outcome::Gone => "gone",
        Outcome::Unclear(word) => word,
    };
    format!("{outcome} {}", probe.status.map_or_else(String::new, |status| status.to_string())).trim_end().to_owned()
}

#[test]
fn each_link_is_told_as_it_fares() {
    let server = Server::new(|asked, n| match (asked.path.trim_start_matches('/'), asked.method.as_str()) {
        ("no-head" | "no-head-404", "GET") => Reply::ok("here"),
        ("no-head", _) => Reply::status(405),
        ("no-head-404", _) => Reply::status(404),
        ("slow", _) => Reply { wait: Duration::from_millis(600), ..Reply::ok("") },
        ("broken-once", _) if n == 0 => Reply::status(0),
        ("broken", _) => Reply::status(0),
        ("broken-once", _) => Reply::ok(""),
        (path, _) => Reply::status(path.parse().unwrap_or(200)),
    });
    let expected = [
        ("/", "alive 200", 1),
        ("/204", "alive 204", 1),
        ("/404", "gone 404", 2),
        ("/410", "gone 410", 1),
        ("/no-head", "alive 200", 2),
        ("/no-head-404", "alive 200", 2),
        ("/400", "blocked 400", 2),
        ("/401", "blocked 401", 1),
        ("/403", "blocked 403", 2),
        ("/451", "blocked 451", 1),
        ("/999", "blocked 999", 1),
        ("/429", "rate-limited 429", 1),
        ("/503", "server-error 503", 1),
        ("/501", "server-error 501", 2),
        ("/300", "redirects 300", 1),
        ("/broken-once", "alive 200", 2),
        ("/broken", "unreachable", 2),
        ("/slow", "timed-out", 2),
    ];
    let urls: Vec<WebUrl> = expected.iter().map(|(path, ..)| url(&server, path)).collect();
    let probes = probe(trusting(&[&server]), &urls);
    for ((path, words, n_asked), probe) in expected.into_iter().zip(probes) {
        assert_eq!((told(&probe).as_str(), probe.is_moved_for_good), (words, false), "{path}");
        assert_eq!(probe.url, url(&server, path));
        assert_eq!(server.paths().iter().filter(|asked| *asked == path).count(), n_asked, "{path}");
    }
    let methods: Vec<String> =
        server.asked().iter().filter(|asked| asked.path == "/broken-once").map(|asked| asked.method.clone()).collect();
    assert_eq!(methods, ["HEAD", "GET"]);
}

#[test]
fn redirects_are_followed_and_told_apart() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/for-good" => Reply::status(301).with("Location", "/for-good-too"),
        "/for-good-too" => Reply::status(308).with("Location", "/new"),
        "/for-now" => Reply::status(301).with("Location", "/for-now-too"),
        "/for-now-too" => Reply::status(302).with("Location", "/new"),
        "/dead" => Reply::status(301).with("Location", "/404"),
        "/404" => Reply::status(404),
        "/mail" => Reply::status(301).with("Location", "mailto:someone@example.org"),
        "/inside" => Reply::status(301).with("Location", "http://192.168.1.1/"),
        "/letters" => Reply::status(302).with("Location", "/ä"),
        "/new" | "/%C3%A4" => Reply::ok(""),
        _ => Reply::status(301).with("Location", "/round"),
    });
    for (path, words, end, is_moved_for_good) in [
        ("/for-good", "alive 200", "/new", true),
        ("/for-now", "alive 200", "/new", false),
        ("/dead", "gone 404", "/404", true),
        ("/letters", "alive 200", "/ä", false),
        ("/mail", "redirects 301", "/mail", false),
        ("/round", "redirects 301", "/round", true),
    ] {
        let probe = probe(trusting(&[&server]), &[url(&server, path)]).remove(0);
        assert_eq!((told(&probe).as_str(), probe.is_moved_for_good), (words, is_moved_for_good), "{path}");
        assert_eq!(probe.url, url(&server, end), "{path}");
    }
    let probe = probe(trusting(&[&server]), &[url(&server, "/inside")]).remove(0);
    assert_eq!((probe.outcome, probe.status), (Outcome::Unclear("not-public"), None));
}

#[test]
fn a_host_is_asked_for_one_at_a_time_and_many_hosts_at_once() {
    let server = || {
        let (open, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&most);
        let server = Server::new(move |_, _| {
            most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            open.fetch_sub(1, Ordering::SeqCst);
            Reply::ok("")
        });
        (server, seen)
    };
    let servers: Vec<(Server, Arc<AtomicUsize>)> = (0..20).map(|_| server()).collect();
    let urls: Vec<WebUrl> =
        servers.iter().flat_map(|(server, _)| (0..8).map(|n| url(server, &format!("/{n}")))).collect();
    let all: Vec<&Server> = servers.iter().map(|(server, _)| server).collect();
    let began = std::time::Instant::now();
    assert!(probe(trusting(&all), &urls).iter().all(|probe| probe.outcome == Outcome::Alive));
    assert!(began.elapsed() < Duration::from_millis(1600), "{:?}", began.elapsed());
    assert!(servers.iter().all(|(_, seen)| seen.load(Ordering::SeqCst) == 1));
}

#[test]
fn a_long_answer_is_not_read() {
    let server = Server::new(|asked, _| match asked.method.as_str() {
        "HEAD" => Reply::status(405),
        _ => Reply { repeat: Some(200), ..Reply::ok(vec![b'x'; 1 << 20]) },
    });
    assert_eq!(told(&probe(trusting(&[&server]), &[url(&server, "/x")])[0]), "alive 200");
    std::thread::sleep(Duration::from_millis(100));
    assert!(server.n_sent() < 20 << 20, "{}", server.n_sent());
}

#[test]
fn a_host_that_is_down_is_given_up_and_a_limit_is_heeded() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let urls: Vec<WebUrl> = (0..8).map(|n| format!("http://127.0.0.1:{port}/{n}").parse().unwrap()).collect();
    let words = |options, urls: &[WebUrl]| {
        let mut words: Vec<String> = probe(options, urls).iter().map(told).collect();
        words.sort();
        words
    };
    let down = words(Options { trusted: vec![format!("127.0.0.1:{port}")], ..quick() }, &urls);
    assert_eq!(down.iter().filter(|word| *word == "unreachable").count() + 3, 8);
    assert_eq!(down.iter().filter(|word| *word == "given-up").count(), 3);
    assert_eq!(words(quick(), &urls[..1]), ["not-public"]);
    let offline = Options { connectivity: Connectivity::Offline, ..quick() };
    assert_eq!(words(offline, &urls[..1]), ["unreachable"]);

    let server = Server::new(|_, _| Reply::status(429).with("Retry-After", "1"));
    assert_eq!(words(trusting(&[&server]), &[url(&server, "/1"), url(&server, "/2")]), ["rate-limited 429"; 2]);
    let asked = server.asked();
    assert!(asked[1].at - asked[0].at >= Duration::from_millis(950));
    let server = Server::new(|_, _| Reply::status(429).with("Retry-After", "3600"));
    assert_eq!(
        words(trusting(&[&server]), &[url(&server, "/1"), url(&server, "/2")]),
        ["given-up", "rate-limited 429"]
    );
    let server = Server::new(|_, _| Reply { wait: Duration::from_millis(350), ..Reply::ok("") });
    let options = Options { deadline: Some(Duration::from_millis(150)), ..trusting(&[&server]) };
    assert_eq!(words(options, &[url(&server, "/1"), url(&server, "/2")]), ["given-up"; 2]);
}

#[test]
fn a_name_that_is_unknown_is_gone_only_where_others_are_known() {
    let probe = probe(quick(), &["http://nothing.invalid/".parse().unwrap()]).remove(0);
    assert!(matches!(probe.outcome, Outcome::Gone | Outcome::Unclear("unreachable")), "{probe:?}");
    assert_eq!(probe.status, None);
}
