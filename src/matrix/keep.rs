//! Copies of pictures, videos and the like in a folder with a limit, so that a ticket's record outlives what the homeserver
//! throws away. The oldest copies go first.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde_json::Value;
use tracing::warn;

use super::{
    Answer,
    account::{Account, Error},
    acts, look,
};

/// Where copies are kept, and how many.
#[derive(Clone, Debug)]
pub struct Copies {
    pub folder: PathBuf,
    /// Bytes of all copies together.
    pub bytes_max: u64,
    /// Bytes of one; what is larger is not copied.
    pub file_bytes_max: usize,
}

/// Keeps a copy under a name within the folder. What cannot be had is told in the log, and not asked for again.
pub async fn keep(account: &Account, copies: &Copies, media: &str, file: &str) -> Answer {
    let content: Value = serde_json::from_str(media).unwrap_or_default();
    let closed = content["file"].clone();
    let url = closed["url"].as_str().or(content["url"].as_str());
    let Some((server, id)) = url.and_then(look::address) else {
        return Answer::AlreadySo;
    };
    let path = copies.folder.join(file).with_extension(ending(&content));
    if path.exists() {
        return Answer::AlreadySo;
    }
    let bytes = match account.download(server, id, copies.file_bytes_max).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            warn!(file, "it is larger than copies may be, and was not kept");
            return Answer::AlreadySo;
        }
        Err(Error::Refused(refusal)) if matches!(refusal.status, 400..=404 | 413) => {
            warn!(
                file,
                "the homeserver does not have it any more; it was not kept"
            );
            return Answer::AlreadySo;
        }
        Err(error) => return acts::classify(&error),
    };
    let is_closed = closed.is_object();
    let key = serde_json::from_value(closed).ok();
    let copies = copies.clone();
    let written = tokio::task::spawn_blocking(move || {
        let bytes = match key {
            // What was closed with another key than it says can be opened at no other time.
            Some(key) => match look::opened(bytes, key) {
                Ok(bytes) => bytes,
                Err(why) => {
                    warn!(why, "a copy cannot be opened, and was not kept");
                    return Ok(());
                }
            },
            None if is_closed => return Ok(()),
            None => bytes,
        };
        make_room(&copies, bytes.len())?;
        write(&path, &bytes)
    });
    match written.await {
        Ok(Ok(())) => Answer::AlreadySo,
        Ok(Err(error)) => Answer::Retry(format!("a copy cannot be written: {error}")),
        Err(error) => Answer::Retry(error.to_string()),
    }
}

/// The ending of a copy's name, by its type: letters and digits only.
fn ending(content: &Value) -> String {
    let kind = content["info"]["mimetype"].as_str().unwrap_or_default();
    let ending = match kind {
        "image/jpeg" => "jpg",
        "audio/mpeg" => "mp3",
        "video/quicktime" => "mov",
        other => other.rsplit_once('/').map_or("", |(_, subtype)| subtype),
    };
    let plain: String = ending
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    if plain.is_empty() {
        "bin".to_owned()
    } else {
        plain
    }
}

/// Written beside, and renamed when it is whole.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::File::open(&part)?.sync_all()?;
    fs::rename(&part, path)
}

/// Removes the oldest copies until there is room for so many bytes.
fn make_room(copies: &Copies, bytes: usize) -> io::Result<()> {
    let mut all = Vec::new();
    fs::create_dir_all(&copies.folder)?;
    list(&copies.folder, &mut all)?;
    let mut held: u64 = all.iter().map(|(_, _, length)| length).sum();
    held += u64::try_from(bytes).unwrap_or(u64::MAX);
    all.sort();
    for (_, path, length) in all {
        if held <= copies.bytes_max {
            break;
        }
        fs::remove_file(&path)?;
        held -= length;
    }
    Ok(())
}

fn list(folder: &Path, into: &mut Vec<(SystemTime, PathBuf, u64)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let what = entry.metadata()?;
        if what.is_dir() {
            list(&entry.path(), into)?;
        } else {
            into.push((what.modified()?, entry.path(), what.len()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_copies_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let copies = Copies {
            folder: folder.path().to_owned(),
            bytes_max: 25,
            file_bytes_max: 100,
        };
        for (at, name) in ["hexie/1/0.png", "hexie/1/3.png", "hexie/2/0.png"]
            .iter()
            .enumerate()
        {
            let path = folder.path().join(name);
            make_room(&copies, 10).unwrap();
            write(&path, &[7; 10]).unwrap();
            let then =
                SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(at).unwrap());
            fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(then)
                .unwrap();
        }
        let is_there = |name: &str| folder.path().join(name).exists();
        assert!(!is_there("hexie/1/0.png"));
        assert!(is_there("hexie/1/3.png") && is_there("hexie/2/0.png"));
    }

    #[test]
    fn endings_are_plain() {
        let of = |kind: &str| ending(&serde_json::json!({"info": {"mimetype": kind}}));
        assert_eq!(of("image/png"), "png");
        assert_eq!(of("image/jpeg"), "jpg");
        assert_eq!(of("image/../../etc"), "etc");
        assert_eq!(of("text/x-./sh"), "sh");
        assert_eq!(of(""), "bin");
    }
}
