//! A proxy before the homeserver that can hold keys back: what a client sends to devices is accepted at once and
//! handed on later.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub struct Proxy {
    pub base_url: String,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

struct State {
    upstream: String,
    holding: AtomicBool,
    held: Mutex<Vec<Vec<u8>>>,
}

impl Proxy {
    pub async fn start(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            upstream: upstream.trim_start_matches("http://").to_owned(),
            holding: AtomicBool::new(false),
            held: Mutex::new(Vec::new()),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let state = Arc::clone(&shared);
                tokio::spawn(async move { state.serve(stream).await });
            }
        });
        Self {
            base_url,
            state,
            task,
        }
    }

    /// From now on, what is sent to devices is held back.
    pub fn hold(&self) {
        self.state.holding.store(true, Ordering::SeqCst);
    }

    /// Hands on what was held back. Returns how many requests that were.
    pub async fn release(&self) -> usize {
        self.state.holding.store(false, Ordering::SeqCst);
        let held = std::mem::take(&mut *self.state.held.lock().unwrap());
        for request in &held {
            self.state.forward(request).await;
        }
        held.len()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    /// One request, then the connection is closed: enough for a test, and simple.
    async fn serve(&self, mut client: TcpStream) {
        let Some(request) = read_request(&mut client).await else {
            return;
        };
        let first = String::from_utf8_lossy(&request);
        let to_device = first
            .lines()
            .next()
            .is_some_and(|line| line.contains("/sendToDevice/"));
        let answer = if to_device && self.holding.load(Ordering::SeqCst) {
            self.held.lock().unwrap().push(request);
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".to_vec()
        } else {
            self.forward(&request).await
        };
        // A client that has gone away needs no answer.
        let _ = client.write_all(&answer).await;
    }

    async fn forward(&self, request: &[u8]) -> Vec<u8> {
        let mut server = TcpStream::connect(&self.upstream).await.unwrap();
        server.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await.unwrap();
        answer
    }
}

/// Reads a whole request and asks, in its place, for the connection to be closed after it.
async fn read_request(client: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        match client.read(&mut buffer).await.ok()? {
            0 => return None,
            n => bytes.extend_from_slice(&buffer[..n]),
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let length: usize = text
        .lines()
        .find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    while bytes.len() < head + 4 + length {
        match client.read(&mut buffer).await.ok()? {
            0 => return None,
            n => bytes.extend_from_slice(&buffer[..n]),
        }
    }
    let kept = text
        .lines()
        .filter(|line| !line.to_lowercase().starts_with("connection:"));
    let mut whole = kept.collect::<Vec<_>>().join("\r\n");
    whole.push_str("\r\nConnection: close\r\n\r\n");
    let mut request = whole.into_bytes();
    request.extend_from_slice(&bytes[head + 4..]);
    Some(request)
}
