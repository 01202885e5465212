//! The real homeserver, through matrix-sdk. Every SDK call stands behind a boxed future, so that its code is made
//! once, here. No event handlers, no send queue, no retries of the SDK's: see docs/architecture.md.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::{FutureExt, StreamExt, future::BoxFuture};
use matrix_sdk::{
    Client, HttpError, Room, RoomMemberships, RoomState,
    config::{RequestConfig, SyncSettings, SyncToken},
    deserialized_responses::{TimelineEvent, TimelineEventKind},
    room::MessagesOptions,
    ruma::{
        OwnedRoomId, OwnedTransactionId, TransactionId, UInt,
        api::{
            Direction,
            client::filter::{FilterDefinition, LazyLoadOptions, RoomEventFilter, RoomFilter},
            error::{ErrorKind, RetryAfter},
        },
        serde::Raw,
    },
    sync::{State, SyncResponse, Timeline},
};
use serde_json::Value;
use tracing::warn;

use super::{
    Answer, Homeserver, KeyNews, PageError, RoomKey, Sending, SyncError,
    account::{Account, Error, Method},
    acts, draw,
    keep::{self, Copies},
    look,
    plain::{self, HeldKeys},
    session::DISK_FULL,
    translate::{self, Request},
};
use crate::domain::{
    batch::{self, Page, Sync, Window},
    commit::Cursor,
    ids::{EventId, Millis, RoomId, UserId},
    input::{Input, Invited, Member, Policy, Undecryptable},
};

/// How long a sync request waits for something new.
const SYNC_WAIT: Duration = Duration::from_secs(20);
/// Events of a room in one response or page: Synapse's own limit for `/sync`.
const EVENTS_AT_ONCE: u32 = 100;
/// Upgrades of one room that are followed, lest a circle be walked for ever.
pub const UPGRADES_MAX: usize = 16;
/// Pauses between attempts to join a room, in seconds.
const JOIN_PAUSES: [u64; 6] = [0, 2, 10, 60, 300, 1_800];

/// A logged-in account at its homeserver.
#[derive(Clone)]
pub struct SdkHomeserver {
    client: Client,
    /// The same session, for what is state and needs no SDK.
    account: Account,
    /// Rooms that the account should be in; invitations to them are accepted.
    rooms: Vec<RoomId>,
    /// Why linli must start again, once a room was replaced.
    replaced: Arc<Mutex<Option<String>>>,
    /// Where copies of pictures are kept; None for nowhere.
    copies: Option<Copies>,
    /// The keys at the homeserver that the SDK was last told of.
    held_keys: Arc<Mutex<Option<HeldKeys>>>,
}

impl SdkHomeserver {
    /// The homeserver behind a client from [`super::session`], and the same session's plain requests.
    #[must_use]
    pub fn new(client: Client, account: Account) -> Self {
        Self {
            client,
            account,
            rooms: Vec::new(),
            replaced: Arc::default(),
            copies: None,
            held_keys: Arc::default(),
        }
    }

    /// The same, which keeps copies of pictures.
    #[must_use]
    pub fn keeping(mut self, copies: Option<Copies>) -> Self {
        self.copies = copies;
        self
    }

    /// The account's own id.
    #[must_use]
    pub fn user(&self) -> UserId {
        let user = self.client.user_id().map(ToString::to_string);
        UserId::from(user.unwrap_or_default())
    }

    /// The room behind an alias; None where there is none.
    ///
    /// # Errors
    /// Where the homeserver does not say.
    pub async fn resolve(&self, alias: &str) -> Result<Option<RoomId>, String> {
        let alias = matrix_sdk::ruma::RoomAliasId::parse(alias).map_err(|e| e.to_string())?;
        match self.client.resolve_room_alias(&alias).await {
            Ok(found) => Ok(Some(RoomId::from(found.room_id.as_str()))),
            Err(error) if matches!(error.client_api_error_kind(), Some(ErrorKind::NotFound)) => {
                Ok(None)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// A room and those that it has become by upgrades (Client-Server API, "Room upgrades"), the newest last.
    #[must_use]
    pub fn upgrades(&self, room: &RoomId) -> Vec<RoomId> {
        let next = |room: &RoomId| {
            let successor = self.room(room)?.successor_room()?;
            Some(RoomId::from(successor.room_id.as_str()))
        };
        let line = std::iter::successors(Some(room.clone()), next);
        line.take(UPGRADES_MAX).collect()
    }

    /// The rooms that `room` has replaced, the youngest first.
    #[must_use]
    pub fn replaced_by(&self, room: &RoomId) -> Vec<RoomId> {
        let before = |room: &RoomId| {
            let predecessor = self.room(room)?.predecessor_room()?;
            Some(RoomId::from(predecessor.room_id.as_str()))
        };
        let line = std::iter::successors(before(room), before);
        line.take(UPGRADES_MAX).collect()
    }

    /// Serves these rooms: joins those that it may join and is not in yet, and accepts invitations to the others.
    pub async fn serve(&mut self, rooms: Vec<RoomId>) {
        for room in &rooms {
            let Ok(id) = matrix_sdk::ruma::RoomId::parse(room.as_str()) else {
                continue;
            };
            let known = self.client.get_room(&id).map(|room| room.state());
            if known != Some(RoomState::Joined) && !join(&self.client, &id).await {
                tokio::spawn(keep_joining(self.client.clone(), id));
            }
        }
        self.rooms = rooms;
    }

    fn room(&self, room: &RoomId) -> Option<Room> {
        let id = matrix_sdk::ruma::RoomId::parse(room.as_str()).ok()?;
        self.client.get_room(&id)
    }

    /// Joins served rooms that linli is invited to, without holding the stream up.
    fn accept_invitations(&self, response: &SyncResponse) {
        for room in response.rooms.invited.keys() {
            if self.rooms.contains(&RoomId::from(room.as_str())) {
                tokio::spawn(keep_joining(self.client.clone(), room.clone()));
            }
        }
    }

    /// Invitations to rooms that are not served.
    fn talks_asked_for(&self, response: &SyncResponse) -> Vec<Invited> {
        let own = self.user();
        let invited = response.rooms.invited.iter();
        let others = invited.map(|(room, update)| (RoomId::from(room.as_str()), update));
        others
            .filter(|(room, _)| !self.rooms.contains(room))
            .filter_map(|(room, update)| {
                let events = update.invite_state.events.iter();
                let events = events.filter_map(|raw| raw.deserialize_as::<Value>().ok());
                translate::invited(&room, &own, events)
            })
            .collect()
    }

    /// Notes when a served room was replaced by another.
    fn note_upgrades(&self, response: &SyncResponse) {
        for room in response.rooms.joined.keys() {
            let room = RoomId::from(room.as_str());
            if self.rooms.contains(&room) && self.upgrades(&room).len() > 1 {
                let why = format!("the room {room} was replaced by another one");
                *locked(&self.replaced) = Some(why);
            }
        }
    }

    /// Waits until there is something after a cursor.
    async fn wait(&self, since: &Cursor) -> Result<Value, SyncError> {
        let wait = u64::try_from(SYNC_WAIT.as_millis()).unwrap_or(0);
        let filter = serde_json::to_value(filter(false)).unwrap_or_default();
        let response = self.account.sync(Some(&since.0), wait, Some(&filter)).await;
        response.map_err(|error| {
            if let Answer::LoggedOut(why) = acts::classify(&error) {
                SyncError::LoggedOut(why)
            } else {
                SyncError::Later(error.to_string())
            }
        })
    }

    /// What there is after `since`, taken in by the SDK.
    async fn sync_by_sdk(&self, since: Option<Cursor>) -> Result<Sync, SyncError> {
        let token = match &since {
            Some(cursor) => SyncToken::Specific(cursor.0.clone()),
            None => SyncToken::NoToken,
        };
        let settings = SyncSettings::new()
            .token(token)
            .timeout(Duration::ZERO)
            .filter(filter(since.is_none()).into());
        let response = self.client.sync_once(settings).await.map_err(|error| {
            match (&error, classify(&error)) {
                (_, Answer::LoggedOut(why)) => SyncError::LoggedOut(why),
                (matrix_sdk::Error::Http(_), _) => SyncError::Later(error.to_string()),
                _ if error.to_string().contains(DISK_FULL) => SyncError::DiskFull,
                _ => SyncError::StartAgain(format!(
                    "the sync response could not be taken in ({error})"
                )),
            }
        })?;
        self.accept_invitations(&response);
        self.note_upgrades(&response);
        let joined = response.rooms.joined.iter().map(|(room, update)| {
            window(RoomId::from(room.as_str()), &update.timeline, &update.state)
        });
        // What was said just before we left a room is still for us.
        let ended = response.rooms.left.iter().map(|(room, update)| {
            window(RoomId::from(room.as_str()), &update.timeline, &update.state)
        });
        let windows = joined.chain(ended).collect();
        let left = response.rooms.left.keys();
        Ok(Sync {
            since,
            next: Some(Cursor(response.next_batch.clone())),
            windows,
            left: left.map(|room| RoomId::from(room.as_str())).collect(),
            invited: self.talks_asked_for(&response),
        })
    }

    async fn send_row(&self, sending: Sending) -> Answer {
        let request = match translate::request(&sending) {
            Ok(request) => request,
            Err(why) => return Answer::Wedged(why),
        };
        if let Request::Act(act) = &request {
            return acts::perform(&self.account, &sending.row.room, act).await;
        }
        if let Request::Look { media } = &request {
            return look::look(&self.account, media).await;
        }
        if let Request::Keep { media, file } = &request {
            return match &self.copies {
                Some(copies) => keep::keep(&self.account, copies, media, file).await,
                None => Answer::AlreadySo,
            };
        }
        let Some(room) = self.room(&sending.row.room) else {
            // A room that was just made, or entered, is in one of the next responses.
            return Answer::Retry("linli is not in this room yet".to_owned());
        };
        let is_served = self.rooms.contains(&sending.row.room);
        if room.state() != RoomState::Joined && !is_served {
            return Answer::Wedged("linli is not in this room any more".to_owned());
        }
        let txn = OwnedTransactionId::from(sending.row.txn.as_str());
        match request {
            // The keys of a picture from an encrypted room do not belong into a clear one.
            Request::Event { content, .. }
                if content.get("file").is_some() && !room.encryption_state().is_encrypted() =>
            {
                Answer::AlreadySo
            }
            Request::Event { kind, content } => send(&room, kind, content, &txn).await,
            Request::Draw { chart, content } => {
                let encrypted = room.encryption_state().is_encrypted();
                match draw::content(&self.client, encrypted, chart, content).await {
                    Ok(content) => send(&room, "m.room.message", content, &txn).await,
                    Err(answer) => answer,
                }
            }
            // There is nothing to encrypt, and everybody sees the message until it is gone: the shortest way.
            Request::Redact { target, reason } => {
                let Sending { row, .. } = &sending;
                let (room, txn) = (row.room.as_str(), row.txn.as_str());
                let redacted = self
                    .account
                    .redact_once(room, target.as_str(), &reason, txn);
                match redacted.await {
                    Ok(event) => Answer::Sent(EventId::from(event)),
                    Err(error) => acts::classify(&error),
                }
            }
            Request::Act(_) | Request::Look { .. } | Request::Keep { .. } => Answer::AlreadySo,
        }
    }
}

async fn send(room: &Room, kind: &str, content: Value, txn: &TransactionId) -> Answer {
    let sent = room
        .send_raw(kind, content)
        .with_transaction_id(txn)
        .with_request_config(patience());
    match sent.await {
        Ok(sent) => Answer::Sent(EventId::from(sent.response.event_id.as_str())),
        Err(error) => classify(&error),
    }
}

/// What a lock holds; whoever panicked with it left it whole.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Joins a room: true where that worked.
async fn join(client: &Client, room: &matrix_sdk::ruma::RoomId) -> bool {
    let joined = client.join_room_by_id(room).await;
    joined
        .inspect_err(|error| warn!(%room, %error, "linli is not in this room and cannot join it; see linli doctor"))
        .is_ok()
}

async fn keep_joining(client: Client, room: OwnedRoomId) {
    for pause in JOIN_PAUSES {
        tokio::time::sleep(Duration::from_secs(pause)).await;
        if join(&client, &room).await {
            return;
        }
    }
}

/// The outbox tries again, not the SDK.
pub(super) fn patience() -> RequestConfig {
    RequestConfig::new()
        .disable_retry()
        .timeout(Duration::from_secs(60))
}

/// The one place where an error of the homeserver is classified.
pub(super) fn classify(error: &matrix_sdk::Error) -> Answer {
    let matrix_sdk::Error::Http(http) = error else {
        return Answer::Retry(error.to_string());
    };
    let http: &HttpError = http;
    let Some(api) = http.as_client_api_error() else {
        return Answer::Retry(http.to_string());
    };
    let status = api.status_code.as_u16();
    let why = http.to_string();
    match http.client_api_error_kind() {
        Some(ErrorKind::LimitExceeded(limit)) => Answer::Limited {
            retry_after_ms: match limit.retry_after {
                Some(RetryAfter::Delay(delay)) => i64::try_from(delay.as_millis()).unwrap_or(1_000),
                Some(RetryAfter::DateTime(_)) | None => 1_000,
            },
        },
        Some(ErrorKind::UnknownToken(_) | ErrorKind::UserDeactivated) => Answer::LoggedOut(why),
        Some(ErrorKind::DuplicateAnnotation) => Answer::AlreadySo,
        _ if status == 429 => Answer::Limited {
            retry_after_ms: 1_000,
        },
        _ if status >= 500 || status == 408 => Answer::Retry(why),
        // Without a Matrix error code it is not the homeserver that speaks, but something before it.
        None => Answer::Retry(why),
        _ => Answer::Wedged(why),
    }
}

fn page_error(error: &matrix_sdk::Error) -> PageError {
    match classify(error) {
        Answer::Wedged(why) => PageError::Never(why),
        Answer::Retry(why) | Answer::LoggedOut(why) => PageError::Later(why),
        Answer::Sent(_)
        | Answer::Opened(_)
        | Answer::Seen(_)
        | Answer::AlreadySo
        | Answer::Limited { .. } => PageError::Later("the homeserver asks for patience".to_owned()),
    }
}

/// What a sync response should hold. Only the first one leaves members out that said nothing: with a token there are
/// just those whose state changed, while leaving out would bring our own membership with each message of ours, and the
/// SDK would ask for our keys each time.
fn filter(first: bool) -> FilterDefinition {
    let mut timeline = RoomEventFilter::default();
    timeline.limit = Some(UInt::from(EVENTS_AT_ONCE));
    let mut state = RoomEventFilter::default();
    if first {
        state.lazy_load_options = LazyLoadOptions::Enabled {
            include_redundant_members: false,
        };
    }
    let mut room = RoomFilter::default();
    room.timeline = timeline;
    room.state = state;
    room.ephemeral = RoomEventFilter::ignore_all();
    let mut filter = FilterDefinition::default();
    filter.room = room;
    filter.presence = matrix_sdk::ruma::api::client::filter::Filter::ignore_all();
    filter
}

/// One event as an input.
fn translate_event(room: &RoomId, event: &TimelineEvent) -> Option<Input> {
    let raw: Value = event.raw().deserialize_as().ok()?;
    match &event.kind {
        TimelineEventKind::UnableToDecrypt { .. } => translate::undecryptable(room, &raw),
        // An encrypted event that the SDK did not even try is kept like one that it could not read.
        TimelineEventKind::PlainText { .. } if raw["type"] == "m.room.encrypted" => {
            translate::undecryptable(room, &raw)
        }
        TimelineEventKind::Decrypted(_) => translate::decrypted(room, &raw),
        TimelineEventKind::PlainText { .. } => translate::input(room, &raw),
    }
}

fn window(room: RoomId, timeline: &Timeline, state: &State) -> Window {
    let inputs: Vec<Input> = timeline
        .events
        .iter()
        .filter_map(|event| translate_event(&room, event))
        .collect();
    // A name that changes within the window is told by the event itself, in its place.
    let told = |member: &Member| {
        inputs
            .iter()
            .any(|input| matches!(input, Input::Member(in_time) if in_time.user == member.user))
    };
    let events = match state {
        State::Before(events) | State::After(events) => events,
    };
    let state = events
        .iter()
        .filter_map(|raw| translate::state(&room, &raw.deserialize_as::<Value>().ok()?))
        .filter(|row| !matches!(row, batch::State::Member(member) if told(member)));
    // A room's beginning may stand in the window itself.
    let creation = timeline.events.iter().filter_map(|event| {
        let raw: Value = event.raw().deserialize_as().ok()?;
        (raw["type"] == "m.room.create").then(|| translate::state(&room, &raw))?
    });
    let state = state.chain(creation).collect();
    Window {
        gap_to: timeline.prev_batch.clone().filter(|_| timeline.limited),
        room,
        state,
        inputs,
    }
}

impl Homeserver for SdkHomeserver {
    fn sync(&self, since: Option<Cursor>) -> BoxFuture<'_, Result<Sync, SyncError>> {
        async move {
            // The response that told it was committed by now; what follows is said in the new room.
            let replaced = locked(&self.replaced).take();
            if let Some(why) = replaced {
                return Err(SyncError::StartAgain(why));
            }
            let Some(cursor) = &since else {
                return self.sync_by_sdk(None).await;
            };
            let response = self.wait(cursor).await?;
            let told = HeldKeys::of(&response);
            let known = locked(&self.held_keys).as_ref() == Some(&told);
            if let Some(sync) = plain::taken(cursor, &response).filter(|_| known) {
                return Ok(sync);
            }
            let sync = self.sync_by_sdk(since).await?;
            *locked(&self.held_keys) = Some(told);
            Ok(sync)
        }
        .boxed()
    }

    fn page(
        &self,
        room: RoomId,
        from: String,
        to: String,
    ) -> BoxFuture<'_, Result<Page, PageError>> {
        async move {
            let known = self
                .room(&room)
                .ok_or_else(|| PageError::Never("linli is not in this room".to_owned()))?;
            let mut options = MessagesOptions::new(Direction::Forward);
            options.from = Some(from.clone());
            options.to = Some(to.clone());
            options.limit = UInt::from(EVENTS_AT_ONCE);
            let page = known.messages(options).await.map_err(|e| page_error(&e))?;
            let inputs: Vec<Input> = page
                .chunk
                .iter()
                .filter_map(|event| translate_event(&room, event))
                .collect();
            // An empty page is the last one, whatever token stands under it.
            let next = page.end.filter(|_| !page.chunk.is_empty());
            Ok(Page {
                room,
                from,
                to,
                inputs,
                next,
            })
        }
        .boxed()
    }

    fn members(&self, room: RoomId) -> BoxFuture<'_, Result<Vec<Member>, PageError>> {
        async move {
            let known = self
                .room(&room)
                .ok_or_else(|| PageError::Never("linli is not in this room".to_owned()))?;
            let members = known
                .members(RoomMemberships::all())
                .await
                .map_err(|e| page_error(&e))?;
            Ok(members
                .iter()
                .map(|member| Member {
                    room: room.clone(),
                    id: None,
                    sender: member.user_id().as_str().into(),
                    user: member.user_id().as_str().into(),
                    at: Millis(0),
                    name: member.display_name().map(str::to_owned),
                    membership: membership(member.membership()),
                    reason: None,
                    before: None,
                })
                .collect())
        }
        .boxed()
    }

    fn rules(&self, room: RoomId) -> BoxFuture<'_, Result<Vec<Policy>, PageError>> {
        async move {
            let path = ["_matrix", "client", "v3", "rooms", room.as_str(), "state"];
            let read = self.account.request(Method::GET, &path, None).await;
            let state = read.map_err(|error| {
                let refused =
                    matches!(&error, Error::Refused(why) if matches!(why.status, 403 | 404));
                // Only where linli is not let in is there no use in asking again.
                if refused {
                    PageError::Never(error.to_string())
                } else {
                    PageError::Later(error.to_string())
                }
            })?;
            let rules = state.as_array().into_iter().flatten();
            let rules = rules.filter_map(|event| match translate::state(&room, event)? {
                batch::State::Policy(policy) => Some(policy),
                batch::State::Member(_)
                | batch::State::Levels(_)
                | batch::State::Creators(_)
                | batch::State::Door(_) => None,
            });
            Ok(rules.collect())
        }
        .boxed()
    }

    fn send(&self, sending: Sending) -> BoxFuture<'_, Answer> {
        self.send_row(sending).boxed()
    }

    fn decrypt(&self, event: Undecryptable) -> BoxFuture<'_, Option<Input>> {
        async move {
            let room = self.room(&event.room)?;
            let value = serde_json::value::RawValue::from_string(event.raw).ok()?;
            let raw: Raw<
                matrix_sdk::ruma::events::room::encrypted::OriginalSyncRoomEncryptedEvent,
            > = Raw::from_json(value);
            let decrypted = room.decrypt_event(&raw, None).await.ok()?;
            match &decrypted.kind {
                TimelineEventKind::Decrypted(_) => translate_event(&event.room, &decrypted),
                TimelineEventKind::UnableToDecrypt { .. } | TimelineEventKind::PlainText { .. } => {
                    None
                }
            }
        }
        .boxed()
    }

    fn key_news(&self) -> BoxFuture<'_, Option<KeyNews>> {
        async move {
            let news = self.client.encryption().room_keys_received_stream().await?;
            let keys = news.map(|keys| {
                // A stream that fell behind has lost some.
                let keys = keys.unwrap_or_default().into_iter();
                keys.map(|key| RoomKey {
                    room: RoomId::from(key.room_id.as_str()),
                    session: key.session_id,
                })
                .collect()
            });
            let news: KeyNews = Box::pin(keys);
            Some(news)
        }
        .boxed()
    }
}

fn membership(
    state: &matrix_sdk::ruma::events::room::member::MembershipState,
) -> crate::domain::input::Membership {
    use crate::domain::input::Membership;
    use matrix_sdk::ruma::events::room::member::MembershipState;
    match state {
        MembershipState::Join => Membership::Join,
        MembershipState::Invite => Membership::Invite,
        MembershipState::Knock => Membership::Knock,
        MembershipState::Ban => Membership::Ban,
        MembershipState::Leave | _ => Membership::Leave,
    }
}
