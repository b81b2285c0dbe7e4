//! The HTTP client against a server on this machine.

mod lanes;
mod probes;
mod reach;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use amml_graph::{
    id::WebUrl,
    net::{Client, Connectivity, Day, Failure, Lookup, Manners, Options, Token},
};

use crate::server::{Reply, Server};

fn day(number: u64) -> Day {
    Day::of(UNIX_EPOCH + Duration::from_secs(number * 86_400))
}

/// Options that lose no time.
fn quick() -> Options {
    let manners = Manners {
        pause_between: Duration::ZERO,
        first_pause: Duration::from_millis(1),
        time_limit: Duration::from_millis(400),
        longest_wait: Duration::from_secs(2),
        largest: 1000,
        ..Manners::default()
    };
    Options { manners, today: day(100), ..Options::default() }
}

fn with_cache(folder: &Path) -> Options {
    Options { cache: Some(folder.to_owned()), ..quick() }
}

fn url(server: &Server, path: &str) -> WebUrl {
    format!("{}{path}", server.address).parse().unwrap()
}

/// What a client with these options gets from a server.
fn get(options: Options, url: &WebUrl) -> Lookup {
    Client::new(options).get(url)
}

fn text(lookup: Lookup) -> String {
    match lookup {
        Lookup::Found(answer) => String::from_utf8(answer.body).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_says_who_it_is() {
    let server = Server::new(|_, _| Reply::ok("here"));
    let options = Options { contact: Some("someone@example.org".to_owned()), ..quick() };
    assert_eq!(text(get(options, &url(&server, "/a?b=c#d"))), "here");
    let asked = &server.asked()[0];
    assert_eq!(asked.path, "/a?b=c", "a fragment is not sent");
    let agent = asked.header("user-agent").unwrap();
    assert!(agent.starts_with("amml-graph/") && agent.ends_with("; mailto:someone@example.org)"), "{agent}");
    assert_eq!(asked.header("authorization"), None);
}

#[test]
fn an_unchanged_answer_is_confirmed_and_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::of_files(&[("/list.md", "# List")]);
    let url = url(&server, "/list.md");
    assert_eq!(text(get(with_cache(folder.path()), &url)), "# List");
    let Lookup::Found(again) = get(Options { today: day(130), ..with_cache(folder.path()) }, &url) else { panic!() };
    assert_eq!((again.body.as_slice(), again.as_of), (&b"# List"[..], day(130)));
    let asked = server.asked();
    assert_eq!((asked[0].header("if-none-match"), asked[1].header("if-none-match")), (None, Some("\"6-479\"")));
    // The day of the confirmation is kept: within the days of grace nobody is asked.
    let fresh = |today| Options { today: day(today), fresh_days: 30, ..with_cache(folder.path()) };
    assert_eq!(text(get(fresh(159), &url)), "# List");
    assert_eq!(server.asked().len(), 2);
    assert_eq!(text(get(fresh(160), &url)), "# List");
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_changed_answer_replaces_the_kept_one_and_last_modified_does_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let date = "Sun, 22 Nov 2026 21:00:00 GMT";
    let server = Server::new(move |_, n| Reply::ok(format!("text {n}")).with("Last-Modified", date));
    let url = url(&server, "/x");
    for n in 0..3 {
        assert_eq!(text(get(with_cache(folder.path()), &url)), format!("text {n}"));
    }
    assert_eq!(server.asked()[2].header("if-modified-since"), Some(date));
    let offline = Options { connectivity: Connectivity::Offline, ..with_cache(folder.path()) };
    assert_eq!(text(get(offline, &url)), "text 2");
}

#[test]
fn absence_is_kept_with_its_day_and_failure_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new(|asked, _| Reply::status(if asked.path == "/gone" { 410 } else { 501 }));
    let (gone, broken) = (url(&server, "/gone"), url(&server, "/broken"));
    let fresh = || Options { fresh_days: 10, ..with_cache(folder.path()) };
    for _ in 0..2 {
        assert!(matches!(get(fresh(), &gone), Lookup::Absent(since) if since == day(100)));
        assert!(matches!(get(fresh(), &broken), Lookup::Failed(Failure::Status { status: 501, .. })));
    }
    assert_eq!(server.paths(), ["/gone", "/broken", "/broken"]);
    let offline = || Options { connectivity: Connectivity::Offline, ..with_cache(folder.path()) };
    assert!(matches!(get(offline(), &gone), Lookup::Absent(_)));
    assert!(matches!(get(offline(), &broken), Lookup::Failed(Failure::NotKept { .. })));
    assert_eq!(server.asked().len(), 3, "offline nobody is asked");
}

#[test]
fn what_may_pass_is_asked_again() {
    let server = Server::new(|_, n| if n < 2 { Reply::status(500) } else { Reply::ok("third") });
    assert_eq!(text(get(quick(), &url(&server, "/x"))), "third");
    let server = Server::new(|_, n| Reply { cut_at: (n == 0).then_some(3), ..Reply::ok("whole text") });
    assert_eq!(text(get(quick(), &url(&server, "/x"))), "whole text");
    let server =
        Server::new(|_, n| Reply { wait: Duration::from_millis(if n == 0 { 1000 } else { 0 }), ..Reply::ok("late") });
    assert_eq!(text(get(quick(), &url(&server, "/x"))), "late");
    let server = Server::new(|_, _| Reply::status(503));
    assert!(matches!(get(quick(), &url(&server, "/x")), Lookup::Failed(Failure::Status { status: 503, .. })));
    assert_eq!(server.asked().len(), 4, "and not for ever");
    let server = Server::new(|_, _| Reply::status(403));
    assert!(matches!(get(quick(), &url(&server, "/x")), Lookup::Failed(Failure::Status { status: 403, .. })));
    assert_eq!(server.asked().len(), 1, "a refusal stays one");
}

#[test]
fn a_cut_body_and_a_closed_port_are_no_answers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new(|_, _| Reply { cut_at: Some(3), ..Reply::ok("whole text") });
    let broken = |lookup| matches!(lookup, Lookup::Failed(Failure::Unreachable { .. }));
    assert!(broken(get(with_cache(folder.path()), &url(&server, "/x"))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is kept of it");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(broken(get(quick(), &format!("http://127.0.0.1:{port}/x").parse().unwrap())));
}

#[test]
fn retry_after_is_heeded_by_all_requests_to_the_host_up_to_a_cap() {
    let server = Server::new(|asked, n| match (asked.path.as_str(), n) {
        ("/limited", 0) => Reply::status(429).with("Retry-After", "1"),
        ("/much-later", _) => Reply::status(429).with("Retry-After", "3600"),
        // On a good answer it is no order to wait.
        _ => Reply::ok("here").with("Retry-After", "3600"),
    });
    let client = Client::new(Options { manners: Manners { open_per_host: 1, ..quick().manners }, ..quick() });
    let lookups = client.get_all(&[url(&server, "/limited"), url(&server, "/other")]);
    assert!(lookups.into_iter().all(|lookup| text(lookup) == "here"));
    let asked = server.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked[1].at - asked[0].at >= Duration::from_millis(950), "the host was not left alone");
    let late = client.get(&url(&server, "/much-later"));
    assert!(matches!(late, Lookup::Failed(Failure::LongWait { seconds: 3600, longest: 2, .. })), "{late:?}");
    assert_eq!(server.paths().iter().filter(|path| *path == "/much-later").count(), 1);
}

#[test]
fn redirects_are_followed_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/old/list.md" => Reply::status(301).with("Location", "../new.md"),
        "/new.md" if asked.header("if-none-match").is_some() => Reply::status(304),
        "/new.md" => Reply::ok("moved").with("ETag", "\"1\""),
        "/out" => Reply::status(302).with("Location", "file:///etc/passwd"),
        _ => Reply::status(302).with("Location", "/round"),
    });
    for _ in 0..2 {
        let Lookup::Found(answer) = get(with_cache(folder.path()), &url(&server, "/old/list.md")) else { panic!() };
        assert_eq!((answer.body.as_slice(), answer.url), (&b"moved"[..], url(&server, "/new.md")));
    }
    let asked = server.asked();
    assert_eq!(asked[2].header("if-none-match"), None, "a validator goes to the address that gave it");
    assert_eq!(asked[3].header("if-none-match"), Some("\"1\""));
    let round = get(quick(), &url(&server, "/round"));
    assert!(matches!(round, Lookup::Failed(Failure::TooManyRedirects { most: 5, .. })), "{round:?}");
    assert!(matches!(get(quick(), &url(&server, "/out")), Lookup::Failed(Failure::BadRedirect { .. })));
}

#[test]
fn a_token_goes_to_its_own_host_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let other = Server::new(|_, _| Reply::ok("elsewhere"));
    let target = other.address.replace("127.0.0.1", "localhost");
    let server = Server::new(move |_, _| Reply::status(302).with("Location", target.clone()));
    let token = Token::new(" secret\n").unwrap();
    let options = Options { tokens: vec![("127.0.0.1".to_owned(), token)], ..with_cache(folder.path()) };
    assert!(!format!("{options:?}").contains("secret"));
    assert_eq!(text(get(options, &url(&server, "/x"))), "elsewhere");
    assert_eq!(server.asked()[0].header("authorization"), Some("Bearer secret"));
    assert_eq!(other.asked()[0].header("authorization"), None);
    let kept = std::process::Command::new("grep").args(["-r", "secret"]).arg(folder.path()).output().unwrap();
    assert!(kept.stdout.is_empty());
}

#[test]
fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let server = Server::new(|_, _| Reply::ok(vec![b'x'; 1001]));
    assert!(matches!(get(quick(), &url(&server, "/x")), Lookup::Failed(Failure::TooLarge { limit: 1000, .. })));
    assert_eq!(server.asked().len(), 1);
    let server = Server::new(|_, _| Reply::ok(vec![b'x'; 1000]));
    assert_eq!(text(get(quick(), &url(&server, "/x"))).len(), 1000);
}

#[test]
fn many_are_asked_at_once_but_not_of_one_host() {
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let server = Server::new(move |asked, _| {
        most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(30));
        open.fetch_sub(1, Ordering::SeqCst);
        Reply::ok(&asked.path)
    });
    let urls: Vec<WebUrl> = (0..12).map(|n| url(&server, &format!("/{n}"))).collect();
    let manners = Manners { open_per_host: 3, ..quick().manners };
    let lookups = Client::new(Options { manners, ..quick() }).get_all(&urls);
    let texts: Vec<String> = lookups.into_iter().map(text).collect();
    assert_eq!(texts, (0..12).map(|n| format!("/{n}")).collect::<Vec<_>>(), "in the order of the question");
    assert_eq!(seen.load(Ordering::SeqCst), 3);
    let manners = Manners { pause_between: Duration::from_millis(40), ..quick().manners };
    Client::new(Options { manners, ..quick() }).get_all(&urls[..4]).into_iter().map(text).for_each(drop);
    let asked = server.asked();
    assert!(asked[15].at - asked[12].at >= Duration::from_millis(100), "too fast");
}

#[test]
fn a_cache_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "text").unwrap();
    let server = Server::new(|_, _| Reply::ok("here"));
    assert!(matches!(get(with_cache(&file), &url(&server, "/x")), Lookup::Failed(Failure::Unkeepable { .. })));
}
