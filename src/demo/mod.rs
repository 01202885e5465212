//! The demo: an estate on a homeserver of its own, with people who write and tap over plain HTTP, a bot process
//! that can be killed, and everything shown in the terminal. Nothing of it is imitated.

pub mod bot;
pub mod estate;
mod neighbours;
mod prompt;
mod scene;
mod talks;
mod transcript;

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, ensure};

use crate::{
    devserver::{Guard, Options, Progress, Step, Synapse, synapse::cache_folder},
    text::language::Language,
};
use bot::Bot;
use estate::{Estate, Plan};
use talks::Talks;
use transcript::Transcript;

/// How the demo is to run.
#[derive(Clone, Debug)]
pub struct Demo {
    pub language: Language,
    /// Begin anew instead of going on where the last demo ended.
    pub fresh: bool,
    /// Play the scene in a folder of its own, check it, and end.
    pub scene_only: bool,
    /// Whether the homeserver asks the bot before it lets messages pass.
    pub guard: bool,
    /// The linli program to start as the bot.
    pub program: PathBuf,
}

/// Pause between the steps of the scene, so that people can read along.
const READING: Duration = Duration::from_millis(1_200);

impl Demo {
    /// Runs it until the user has enough, or the scene is over.
    ///
    /// # Errors
    /// Where something cannot be started, or the scene goes otherwise than it should.
    pub async fn run(&self) -> Result<()> {
        let show = Transcript::new(self.language);
        let mut options = if self.scene_only {
            Options::temporary()?
        } else {
            Options::new(self.folder()?.join("homeserver"))
        };
        if self.guard {
            // It listens on this machine alone, and a demo has no secrets.
            options.guard = Some(Guard::new("demo")?);
        }
        let guard = options.guard.clone();
        let told = show;
        let language = self.language;
        options.progress = Progress::new(move |step| told.note(&in_words(step, language)));
        let synapse = Synapse::start(options).await?;
        let folder = synapse
            .folder()
            .parent()
            .filter(|_| !self.scene_only)
            .map_or_else(|| synapse.folder().join("linli"), PathBuf::from);
        let done = tokio::select! {
            done = self.play(&synapse, folder, guard, &show) => done,
            _ = tokio::signal::ctrl_c() => self.cut_off(),
        };
        show.note(match self.language {
            Language::Zh => "正在收尾……",
            Language::En => "putting everything away …",
        });
        synapse.stop().await?;
        done
    }

    /// A talk may end at any time; a scene that is to be checked may not.
    fn cut_off(&self) -> Result<()> {
        ensure!(!self.scene_only, "The scene was cut off");
        Ok(())
    }

    async fn play(
        &self,
        synapse: &Synapse,
        folder: PathBuf,
        guard: Option<Guard>,
        show: &Transcript,
    ) -> Result<()> {
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("Cannot make {}", folder.display()))?;
        let is_new = !folder.join("played").exists();
        show.note(match self.language {
            Language::Zh => {
                "正在布置和谐花园：1–3 号楼，十二户居民，三位师傅，一位管理员，一位经理……"
            }
            Language::En => {
                "building the estate: three buildings, twelve residents, three staff, a moderator, a manager …"
            }
        });
        let guard = guard.map(|guard| guard.section(&folder)).transpose()?;
        let plan = Plan {
            folder: &folder,
            language: self.language,
            program: &self.program,
            encrypted: false,
            awake: true,
            features: guard.as_deref().unwrap_or_default(),
        };
        let estate = Estate::build(synapse, &plan).await?;
        estate.lift_rate_limit(synapse).await?;
        let mut bot = Bot::start(&self.program, &estate.config, &estate.data).await?;
        let watching = show.follow(&estate);
        let result = async {
            if is_new {
                let pause = if self.scene_only {
                    Duration::ZERO
                } else {
                    READING
                };
                // Begun once is begun: cut off, it cannot be played from its start again.
                std::fs::write(folder.join("played"), "")
                    .context("Cannot note that the scene was played")?;
                scene::play(&estate, self.language, pause).await?;
                let mut talks = Talks::new(&estate, *show);
                neighbours::play(&estate, &mut talks, self.language, pause).await?;
            }
            if !self.scene_only {
                estate.introduce(synapse, show);
                prompt::talk(&estate, &mut bot, show).await?;
            }
            Ok(())
        }
        .await;
        bot.stop().await?;
        // What was said last is shown too.
        tokio::time::sleep(2 * transcript::GLANCE).await;
        watching.abort();
        result
    }

    /// Where the demo's state is kept, a folder for each language.
    fn folder(&self) -> Result<PathBuf> {
        let folder = cache_folder()?.join(match self.language {
            Language::Zh => "demo-zh",
            Language::En => "demo-en",
        });
        if self.fresh && folder.exists() {
            std::fs::remove_dir_all(&folder)
                .with_context(|| format!("Cannot remove {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("Cannot make {}", folder.display()))?;
        Ok(folder)
    }
}

/// What the homeserver is doing.
fn in_words(step: &Step, language: Language) -> String {
    if language == Language::En {
        return step.to_string();
    }
    match step {
        Step::Fetching { version } => format!("正在下载 Synapse {version}，只下载一次，大约一分钟"),
        Step::AwaitingFetch => "另一个程序正在下载 Synapse，等它下载完".to_owned(),
        Step::AwaitingFolder => "等这里上一个服务器结束".to_owned(),
        Step::Starting { port } => format!("正在 127.0.0.1:{port} 启动 Synapse"),
        Step::Ready { base_url } => format!("Synapse 好了：{base_url}"),
    }
}
