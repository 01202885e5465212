//! `linli roster`

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};

use super::{ConfigArguments, Failure, kept};
use crate::{
    config::{CommunityConfig, Config},
    domain::speech::{self, Arg},
    features::admission::{NAME, Resident, wishes::Wish},
    text::{
        home::Home,
        language::Language,
        roster::{self, Fault, differences},
    },
};

/// More removals than this, and more than one in [`MANY_SHARE`], are asked about: most likely it is the wrong file.
const MANY: usize = 10;
const MANY_SHARE: usize = 5;

/// What `linli roster` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// The community's id; needed only where there are several
    #[arg(long, value_name = "ID", global = true)]
    community: Option<String>,
    #[command(subcommand)]
    wish: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Take in a list of homes and surnames: CSV with building, unit, home, surname
    Import(Import),
    /// Write the roster to standard output, as CSV
    Export,
}

#[derive(clap::Args)]
struct Import {
    /// The list, in UTF-8, UTF-16 or GBK
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Also take off the roster what is not in the list; those who lived there move out
    #[arg(long)]
    replace: bool,
    /// Do so also where very many would go
    #[arg(long, requires = "replace")]
    yes: bool,
    /// Only show what would change
    #[arg(long)]
    dry_run: bool,
}

/// Imports or exports a roster.
///
/// # Errors
/// Exit code 65 where lines of the list could not be read (the others are taken in), 64 where very many would be taken
/// off without `--yes`, and 1 where linli does not run.
pub async fn roster(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let community = kept::community(&config, arguments.community.as_deref())?;
    match arguments.wish {
        What::Import(wish) => import(&config, community, &wish).await,
        What::Export => {
            let residents: Vec<Resident> = kept::records(&config, community).await?;
            let written = std::io::stdout().lock().write_all(&csv(&residents)?);
            match written {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                other => other.map_err(Failure::other),
            }
        }
    }
}

fn csv(residents: &[Resident]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["phase", "building", "unit", "home", "surname"];
    writer.write_record(header).map_err(Failure::other)?;
    for Resident { home, surname } in residents {
        let or_nothing = |part: &Option<String>| part.clone().unwrap_or_default();
        let row = [
            or_nothing(&home.phase),
            home.building.clone(),
            or_nothing(&home.unit),
            home.home.clone(),
            or_nothing(surname),
        ];
        writer.write_record(row).map_err(Failure::other)?;
    }
    writer
        .into_inner()
        .map_err(|error| Failure::other(anyhow!("{error}")))
}

async fn import(
    config: &Config,
    community: &CommunityConfig,
    wish: &Import,
) -> Result<(), Failure> {
    let read = read(community, &wish.file)?;
    let faults = told(&read.faults, community.language);
    if wish.replace && !faults.is_empty() {
        return Err(Failure::data(anyhow!(
            "nothing was changed, for with --replace a line that cannot be read would take a home away:\n{faults}"
        )));
    }
    let old: Vec<Resident> = kept::records(config, community).await?;
    let new: Vec<Resident> = read.rows.iter().map(Resident::from).collect();
    let changes = differences(&old, &new);
    let owned = |residents: &[&Resident]| -> Vec<Resident> {
        residents
            .iter()
            .map(|resident| (*resident).clone())
            .collect()
    };
    let (add, missing) = (owned(&changes.added), owned(&changes.removed));
    let remove = if wish.replace {
        missing.clone()
    } else {
        Vec::new()
    };
    let many = remove.len() > MANY && remove.len() * MANY_SHARE > old.len();
    if many && !wish.yes && !wish.dry_run {
        return Err(Failure::usage(anyhow!(
            "nothing was changed: {} of the {} entries would be taken off. If that is right, say so with --yes; --dry-run shows them",
            remove.len(),
            old.len()
        )));
    }
    let mut lines = vec![format!(
        "{} entries for {} homes read; {} are new.",
        new.len(),
        homes(&new),
        add.len()
    )];
    if wish.dry_run {
        lines.extend(add.iter().map(|resident| format!("+ {}", shown(resident))));
    } else if !(add.is_empty() && remove.is_empty()) {
        let wish = Wish::Roster {
            add,
            remove: remove.clone(),
        };
        kept::wish(config, community, NAME, &wish).await?;
    }
    if wish.replace {
        lines.push(format!(
            "{} are taken off, and those who lived there move out; the staff room shows who.",
            remove.len()
        ));
    } else if !missing.is_empty() {
        lines.push(format!(
            "{} that the roster has are not in this list. They stay; --replace takes them off.",
            missing.len()
        ));
    }
    if wish.dry_run {
        lines.extend(
            missing
                .iter()
                .map(|resident| format!("- {}", shown(resident))),
        );
        lines.push("This was a dry run; nothing was changed.".to_owned());
    }
    writeln!(std::io::stdout(), "{}", lines.join("\n")).map_err(Failure::other)?;
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::data(anyhow!(
        "{} lines could not be read; the others were:\n{faults}",
        read.faults.len()
    )))
}

fn read(community: &CommunityConfig, file: &Path) -> Result<roster::Roster, Failure> {
    let bytes =
        std::fs::read(file).with_context(|| format!("Cannot read the list {}", file.display()))?;
    let text = roster::decode(&bytes).map_err(|error| {
        let said = speech::say(community.language, error.key(), &[]);
        Failure::data(anyhow!("{}: {}", file.display(), said.text))
    })?;
    Ok(roster::read(&text, &community.registry))
}

/// What is wrong, line by line, in the community's language.
fn told(faults: &[Fault], language: Language) -> String {
    let lines = faults.iter().map(|fault| {
        let args = fault.why.args();
        let args: Vec<(&'static str, Arg<'_>)> = args
            .iter()
            .map(|(name, text)| (*name, Arg::Text(text)))
            .collect();
        let why = speech::say(language, fault.why.key(), &args);
        let line = fault.line.to_string();
        let args = [("line", Arg::Text(&line)), ("why", Arg::Said(&why))];
        format!("  {}", speech::say(language, "roster-line", &args).text)
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn homes(residents: &[Resident]) -> usize {
    let homes: BTreeSet<&Home> = residents.iter().map(|resident| &resident.home).collect();
    homes.len()
}

fn shown(resident: &Resident) -> String {
    let surname = resident.surname.as_deref().unwrap_or("?");
    format!("{} {surname}", resident.home.short())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::address::{Building, Registry};

    #[test]
    fn faults_are_told_in_both_languages_with_what_to_do() {
        let estate = Registry::new(vec![Building::new("3", &["1", "2", "3"])]);
        let read = roster::read("3,9,501,王\n9,,1,Lily\n3,,1", &estate);
        assert_eq!(
            told(&read.faults, Language::En),
            "  Line 1: Building 3 has no unit “9”. It has 1, 2, 3.\n  \
             Line 2: There is no building “9”. Please correct it, or add it to the configuration.\n  \
             Line 2: No surname can be read from “Lily”. Please write the surname, or leave the cell empty.\n  \
             Line 3: The unit is missing. Building 3 has 1, 2, 3."
        );
        let zh = told(&read.faults, Language::Zh);
        assert!(zh.starts_with("  第 1 行："), "{zh}");
        assert_eq!(zh.lines().count(), 4, "{zh}");
    }
}
