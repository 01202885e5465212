//! Asking a running linli: a socket in its data folder, for its own user, by which `linli doctor`, `linli backup`
//! and `linli outbox` reach the process that has the store open. One line of JSON asks, one answers.

use std::{
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::oneshot,
};
use tracing::warn;

use super::{Engine, EngineError, run::Event};
use crate::{
    clock,
    domain::{
        batch::Batch,
        ids::Txn,
        input::{Input, Operator},
        record::{Fault, Key, View},
    },
    store::backup,
};

/// Records in one answer: the engine decides nothing meanwhile.
const PAGE: usize = 1_000;

/// What can be asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// How it stands.
    Status,
    /// Write a backup to this new file.
    Backup(PathBuf),
    /// Something only the operator may ask.
    Operator(Operator),
    /// What is kept of this kind in a scope, a page of it: what comes after this id.
    Records {
        scope: String,
        kind: String,
        after: Option<String>,
    },
    /// Move the clock forward by so many milliseconds; only in a rehearsal ([`clock::AHEAD`]).
    GoAhead(i64),
}

/// What is answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Status(Status),
    /// A backup of so many lines was written.
    BackedUp(u64),
    /// Records by their ids, in their stored form.
    Records(Vec<(String, String)>),
    Done,
    Failed(String),
}

/// How an engine and its store stand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Status {
    /// True where it comes from a running linli.
    pub running: bool,
    /// Rows that wait to be sent.
    pub waiting: usize,
    pub wedged: Vec<Wedged>,
    /// Rows that were tried many times in vain, and are tried again.
    pub struggling: Vec<Wedged>,
    /// Rooms whose stream has a gap that is being filled.
    pub gaps: Vec<String>,
    /// Events whose keys are missing.
    pub undecryptable: usize,
    /// Inputs that were set aside, with the reason.
    pub quarantined: Vec<(String, String)>,
    /// True once the stream was read for the first time.
    pub started: bool,
}

/// A row that cannot be sent, or not yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wedged {
    pub txn: Txn,
    pub room: String,
    pub why: String,
}

/// A question with the way back.
pub struct Request {
    question: Question,
    reply: oneshot::Sender<Reply>,
}

/// Where the socket of a data folder is.
#[must_use]
pub fn socket(data: &Path) -> PathBuf {
    data.join("control.sock")
}

/// The listening end.
pub struct Listener {
    listener: UnixListener,
    path: PathBuf,
}

impl Listener {
    /// Listens in a data folder. The caller holds the folder's lock, so an old socket there is nobody's.
    ///
    /// # Errors
    /// Where the socket cannot be made; linli can work without it.
    pub fn bind(data: &Path) -> std::io::Result<Self> {
        let path = socket(data);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let listener = UnixListener::bind(&path)?;
        Ok(Self { listener, path })
    }

    pub(super) async fn serve(self, events: mpsc::Sender<Event>) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let events = events.clone();
                    tokio::spawn(async move {
                        if let Err(error) = serve_one(stream, &events).await {
                            warn!(%error, "a question on the control socket was cut off");
                        }
                    });
                }
                Err(error) => {
                    warn!(%error, "the control socket failed");
                    // Whatever it lacks, such as file descriptors, is not there at once.
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // If it stays behind, the next start removes it.
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn serve_one(stream: UnixStream, events: &mpsc::Sender<Event>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read).read_line(&mut line).await?;
    let reply = match serde_json::from_str(&line) {
        Ok(question) => {
            let (reply, answer) = oneshot::channel();
            // Where the engine is gone, the answer's sender is dropped with the event.
            let _ = events.send(Event::Request(Request { question, reply }));
            answer
                .await
                .unwrap_or_else(|_| Reply::Failed("linli is stopping".to_owned()))
        }
        Err(error) => Reply::Failed(format!("the question cannot be understood: {error}")),
    };
    let mut text = serde_json::to_string(&reply)?;
    text.push('\n');
    write.write_all(text.as_bytes()).await
}

/// Asks the linli that runs on a data folder; None where none runs.
///
/// # Errors
/// Where it runs but does not answer properly.
pub async fn ask(data: &Path, question: &Question) -> std::io::Result<Option<Reply>> {
    let stream = match UnixStream::connect(socket(data)).await {
        Ok(stream) => stream,
        Err(error)
            if matches!(
                error.kind(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::ConnectionRefused
            ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let (read, mut write) = stream.into_split();
    let mut text = serde_json::to_string(question)?;
    text.push('\n');
    write.write_all(text.as_bytes()).await?;
    let mut line = String::new();
    BufReader::new(read).read_line(&mut line).await?;
    serde_json::from_str(&line).map(Some).map_err(Into::into)
}

/// Records of a kind by their ids, in their stored form: those that come after an id, at most [`PAGE`]. After the last
/// there are none.
///
/// # Errors
/// Where the store does not answer.
pub fn page(
    view: &(impl View + ?Sized),
    scope: &str,
    kind: &str,
    after: Option<&str>,
) -> Result<Vec<(String, String)>, Fault> {
    let prefix = Key::new(scope, kind, "");
    let after = after.map(|after| Key::new(scope, kind, after));
    let found = view.scan(prefix.as_str(), after.as_ref(), PAGE)?;
    let records = found.into_iter();
    Ok(records
        .map(|(key, stored)| (key.id().to_owned(), stored))
        .collect())
}

/// Answers a question with the engine at hand.
///
/// # Errors
/// Where the store fails in a way that must stop linli; other failures are answered.
pub fn answer(engine: &mut Engine, request: Request) -> Result<(), EngineError> {
    let reply = match request.question {
        Question::Status => match engine.status() {
            Ok(status) => Reply::Status(Status {
                running: true,
                ..status
            }),
            Err(error) => Reply::Failed(error.to_string()),
        },
        Question::Backup(path) => match backup::write_file(engine.store(), &path) {
            Ok(lines) => Reply::BackedUp(lines),
            Err(error) => Reply::Failed(error.to_string()),
        },
        Question::Records { scope, kind, after } => {
            match page(engine.store(), &scope, &kind, after.as_deref()) {
                Ok(records) => Reply::Records(records),
                Err(error) => Reply::Failed(error.to_string()),
            }
        }
        Question::Operator(wish) => {
            let failed = engine.take(&Batch::Inputs(vec![Input::Operator(wish)]), clock::now())?;
            match failed.into_iter().next() {
                None => Reply::Done,
                Some(failed) => Reply::Failed(failed.why),
            }
        }
        Question::GoAhead(ms) if clock::go_ahead(ms) => Reply::Done,
        Question::GoAhead(_) => Reply::Failed("this is no rehearsal".to_owned()),
    };
    // Whoever asked may have gone away.
    let _ = request.reply.send(reply);
    Ok(())
}
