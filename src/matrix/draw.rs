//! Posting a chart: it is drawn, put where the homeserver keeps pictures, closed with a key where the room is encrypted,
//! and named in the content of a message.

use std::io::Cursor;

use matrix_sdk::Client;
use serde_json::{Value, json};

use super::Answer;
use crate::{charts, domain::chart::Chart};

/// The content of the message that shows the chart.
///
/// # Errors
/// The answer to the row, where the chart could not be drawn or was not taken.
pub async fn content(
    client: &Client,
    encrypted: bool,
    chart: Chart,
    mut content: Value,
) -> Result<Value, Answer> {
    let drawing = tokio::task::spawn_blocking(move || charts::png(&chart)).await;
    let drawn = drawing.map_err(|error| Answer::Retry(error.to_string()))?;
    let png = drawn.map_err(|error| Answer::Wedged(error.to_string()))?;
    content["info"] = info(&png);
    if encrypted {
        let file = client.upload_encrypted_file(&mut Cursor::new(png)).await;
        let file = file.map_err(|error| super::client::classify(&error))?;
        content["file"] = json!(file);
    } else {
        let kind = "image/png".parse();
        let kind = kind.map_err(|_| Answer::Wedged("there are no PNG files".to_owned()))?;
        let upload = client
            .media()
            .upload(&kind, png, Some(super::client::patience()));
        let stored = upload
            .await
            .map_err(|error| super::client::classify(&error))?;
        content["url"] = json!(stored.content_uri);
    }
    Ok(content)
}

/// What clients want to know of a picture before they fetch it (Client-Server API, `m.image`).
fn info(png: &[u8]) -> Value {
    // Width and height stand at a fixed place of the first chunk (PNG specification, 11.2.1 IHDR).
    let number = |at: usize| {
        let bytes = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    json!({"mimetype": "image/png", "size": png.len(), "w": number(16), "h": number(20)})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_head() {
        let chart = Chart {
            title: "2026".to_owned(),
            subtitle: String::new(),
            tiles: Vec::new(),
            panels: Vec::new(),
        };
        let png = charts::png(&chart).unwrap();
        let picture = image::load_from_memory(&png).unwrap();
        let told = info(&png);
        assert_eq!(told["w"], picture.width());
        assert_eq!(told["h"], picture.height());
        assert_eq!(info(&[])["w"], 0);
    }
}
