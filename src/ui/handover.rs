//! One window a library: a second start hands its files to the first and ends. Draws nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::gather::Controls;
use crate::app::jobs::Jobs;
use crate::app::keeper::Keeper;
use crate::app::{Action, Notice};
use crate::platform::instance::{
    self, Claim, Failure, Instance, InstanceError, Listener, Reply, Request, Response, ServerGuard,
};

/// What a start has to do.
pub enum Start {
    /// Open a window, and take what later starts hand over.
    First(Listener),
    /// Nothing: the window that is open has it.
    HandedOver,
    /// Open a window that nobody can hand anything to; why.
    Alone(Option<InstanceError>),
}

/// Hands files to the window that has the library open, if there is one.
pub fn begin(library: &Path, paths: &[PathBuf]) -> Start {
    // The first may end just while it is asked: then this one is the first.
    for _ in 0..2 {
        let connection = match Instance::claim(library) {
            Ok(Claim::First(listener)) => return Start::First(listener),
            Ok(Claim::Second(connection)) => connection,
            Err(error) => return Start::Alone(Some(error)),
        };
        let request =
            Request::Open { paths: paths.to_vec(), raise: true, activation_token: instance::activation_token() };
        match connection.ask(request, |_, _| {}) {
            Ok(Response::Done) => return Start::HandedOver,
            Ok(_) => return Start::Alone(None),
            Err(_) => {}
        }
    }
    Start::Alone(None)
}

/// Takes what later starts hand over, until the answer is dropped.
pub fn serve(listener: Listener, jobs: &Jobs, keeper: Option<&Keeper>) -> Option<ServerGuard> {
    let report = jobs.reporter();
    let gatherer = keeper.map(Keeper::gatherer);
    let told = jobs.reporter();
    let handle = move |request: Request, reply: &mut Reply| {
        let answered = match request {
            Request::Open { paths, .. } => {
                report(Action::HandedOver(paths));
                reply.done()
            }
            Request::Import { paths } => match &gatherer {
                Some(gatherer) => import(gatherer, &paths, reply),
                None => reply.refuse("The open window has no library"),
            },
            Request::Ping => reply.done(),
        };
        // Who asked has gone: nobody is left to tell.
        let _ = answered;
    };
    match listener.serve(handle) {
        Ok(guard) => Some(guard),
        Err(error) => {
            let message = format!("Files that are opened from elsewhere get a window of their own ({error})");
            told(Action::Tell(Notice::warning(message)));
            None
        }
    }
}

/// Reads files into the library for a command line, which is told how far it has come.
fn import(gatherer: &crate::app::keeper::Gatherer, paths: &[PathBuf], reply: &mut Reply) -> Result<(), instance::Gone> {
    let controls = Arc::new(Controls::default());
    controls.add(Some(paths));
    let reply = std::sync::Mutex::new(reply);
    let last = std::sync::Mutex::new(crate::app::gather::Gathering::default());
    gatherer.run(&controls, &|gathering| {
        if let (Ok(mut reply), Ok(mut last)) = (reply.lock(), last.lock()) {
            let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
            if reply.progress(number(gathering.done), number(gathering.total)).is_err() {
                controls.cancel();
            }
            *last = gathering;
        }
    });
    let (Ok(reply), Ok(last)) = (reply.into_inner(), last.into_inner()) else { return Ok(()) };
    let failed = last.failures.into_iter().map(|(path, why)| Failure { path, why }).collect();
    reply.imported(u64::try_from(last.read).unwrap_or(u64::MAX), failed)
}
