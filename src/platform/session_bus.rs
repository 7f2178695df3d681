//! The desktop's session bus, with an end to every wait. Knows no interface of it.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use zbus::blocking::{Connection, connection};

/// How long the bus may take to answer. A portal that has to be started first takes some tenths of a second on a slow
/// disk; a bus that is stopped never answers.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the settings and file portals live.
pub(super) const PORTAL_NAME: &str = "org.freedesktop.portal.Desktop";
/// The portals' object.
pub(super) const PORTAL_PATH: &str = "/org/freedesktop/portal/desktop";

/// A connection whose calls end after [`PATIENCE`]; `None` where there is no bus, or one that does not answer.
pub(super) fn connect() -> Option<Connection> {
    within_patience("session bus", || connection::Builder::session().ok()?.method_timeout(PATIENCE).build().ok())
        .flatten()
}

/// Runs `work` on a thread of its own, and gives up on it after [`PATIENCE`]; the thread then ends whenever it can.
fn within_patience<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || {
            // Nobody waits any more where this fails.
            let _ = sender.send(work());
        })
        .ok()?;
    receiver.recv_timeout(PATIENCE).ok()
}

/// The version of a portal's interface; `None` where the portal is not there.
pub(super) fn portal_version(bus: &Connection, interface: &str) -> Option<u32> {
    let reply = bus
        .call_method(
            Some(PORTAL_NAME),
            PORTAL_PATH,
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &(interface, "version"),
        )
        .ok()?;
    let value: zbus::zvariant::OwnedValue = reply.body().deserialize().ok()?;
    u32::try_from(value).ok()
}
