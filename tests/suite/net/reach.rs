//! Addresses that the user did not name must be public.

use amml_graph::net::{Heard, Reach, Request};

use super::{lanes::one, *};

fn is_not_public(heard: &Heard) -> bool {
    matches!(heard, Heard::Failed(Failure::NotPublic { .. }))
}

#[test]
fn this_computer_and_its_neighbors_are_not_asked() {
    let server = Server::new(|_, _| Reply::ok("secret"));
    let port = server.authority().split(':').nth(1).unwrap().to_owned();
    for host in ["127.0.0.1", "127.1", "0x7f.0.0.1", "2130706433", "017700000001", "0.0.0.0", "localhost", "LocalHost"]
    {
        let request = Request::get(format!("http://{host}:{port}/x").parse().unwrap());
        let heard = one(quick(), request);
        assert!(is_not_public(&heard), "{host}: {heard:?}");
    }
    for address in
        ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "https://192.168.1.1/", "http://100.64.0.1/"]
    {
        let heard = one(quick(), Request::get(address.parse().unwrap()));
        assert!(is_not_public(&heard), "{address}: {heard:?}");
    }
    assert!(server.asked().is_empty());
    assert!(matches!(
        one(Options { reach: Reach::Anywhere, ..quick() }, Request::get(url(&server, "/x"))),
        Heard::Found(_)
    ));
    // The user may name any address.
    assert_eq!(text(get(quick(), &url(&server, "/x"))), "secret");
}

#[test]
fn a_redirect_leads_to_public_addresses_only() {
    let inner = Server::new(|_, _| Reply::ok("secret"));
    let by_name = inner.address.replace("127.0.0.1", "localhost");
    let targets = [inner.address.clone(), by_name, "http://10.0.0.1/".to_owned()];
    let outer = Server::new(move |_, n| Reply::status(302).with("Location", targets[n].clone()));
    let options = || Options { trusted: vec![outer.authority()], ..quick() };
    for _ in 0..3 {
        let heard = one(options(), Request::get(url(&outer, "/x")));
        assert!(is_not_public(&heard), "{heard:?}");
    }
    assert_eq!((outer.asked().len(), inner.asked().len()), (3, 0));
}
