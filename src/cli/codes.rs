//! `linli codes`

use std::{
    collections::BTreeSet,
    fs::File,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};

use super::{
    ConfigArguments, Failure, kept,
    sheet::{self, Slip},
};
use crate::{
    config::{CommunityConfig, Config},
    features::admission::{
        Issued, NAME, Resident,
        settings::{AdmissionSettings, Proof},
        wishes::Wish,
    },
    matrix::session,
    text::{address::Registry, home::Home, language::Language},
};

/// What `linli codes` takes.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    config: ConfigArguments,
    /// The community's id; needed only where there are several
    #[arg(long, value_name = "ID")]
    community: Option<String>,
    /// Only homes of this building
    #[arg(long, value_name = "NAME")]
    building: Option<String>,
    /// Draw new codes also for homes that have one, whose old codes end
    #[arg(long)]
    renew: bool,
    /// The language of the sheet; without it, the community's
    #[arg(long, value_enum)]
    lang: Option<SheetLanguage>,
    /// The new file to write: a page to print, with ten slips on each sheet of A4
    #[arg(value_name = "SHEET.html")]
    file: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum SheetLanguage {
    Zh,
    En,
}

/// Draws codes for the homes of a community and writes the sheet of slips to print.
///
/// # Errors
/// Where codes open nothing, no home is known, the file exists already, or linli does not run.
pub async fn codes(arguments: Arguments) -> Result<(), Failure> {
    let config = Config::load(&arguments.config.config)?;
    let community = kept::community(&config, arguments.community.as_deref())?;
    takes_codes(community)?;
    if arguments.file.exists() {
        return Err(Failure::usage(anyhow!(
            "{} exists already; name a new file",
            arguments.file.display()
        )));
    }
    let homes = homes(&config, community, arguments.building.as_deref()).await?;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Failure::other(anyhow!("Cannot draw codes: {error}")))?;
    let wish = Wish::Codes {
        seed,
        homes: homes.iter().cloned().collect(),
        renew: arguments.renew,
    };
    kept::wish(&config, community, NAME, &wish).await?;
    let issued: Vec<Issued> = kept::records(&config, community).await?;
    let mut slips: Vec<Slip> = issued
        .into_iter()
        .filter(|issued| homes.contains(&issued.home))
        .map(|Issued { home, code, .. }| Slip { home, code })
        .collect();
    slips.sort_by_key(|slip| order(&slip.home));
    let account = session::plain(&config.data)?
        .ok_or_else(|| Failure::other(anyhow!("linli has not logged in yet")))?;
    let language = match arguments.lang {
        Some(SheetLanguage::Zh) => Language::Zh,
        Some(SheetLanguage::En) => Language::En,
        None => community.language,
    };
    let page = sheet::html(&community.name, &account.user_id, &slips, language);
    write(&arguments.file, &page)?;
    writeln!(
        std::io::stdout(),
        "{} codes were written to {}. Open it in a browser and print it; whoever has this file has the codes, so delete it afterwards.",
        slips.len(),
        arguments.file.display()
    )
    .map_err(Failure::other)
}

fn takes_codes(community: &CommunityConfig) -> Result<(), Failure> {
    let settings = community.features.get(NAME);
    let settings = settings.and_then(|settings| settings.downcast_ref::<AdmissionSettings>());
    if settings.is_some_and(|settings| settings.takes(Proof::Code)) {
        return Ok(());
    }
    Err(Failure::usage(anyhow!(
        "codes would open nothing: set features.admission.mode = \"verified\" for '{}', with \"code\" among its proof",
        community.id
    )))
}

/// The homes that get a code: those of the roster, or else all that the configuration counts up.
async fn homes(
    config: &Config,
    community: &CommunityConfig,
    building: Option<&str>,
) -> Result<BTreeSet<Home>, Failure> {
    let roster: Vec<Resident> = kept::records(config, community).await?;
    let mut homes: BTreeSet<Home> = roster.into_iter().map(|resident| resident.home).collect();
    if homes.is_empty() {
        homes = counted_up(&community.registry);
    }
    if let Some(building) = building {
        homes.retain(|home| home.is_in(building));
    }
    if homes.is_empty() {
        return Err(Failure::usage(anyhow!(
            "no home is known{}: import a roster first (linli roster import), or give the buildings their 'floors' and 'homes_per_floor'",
            building
                .map(|name| format!(" in building {name}"))
                .unwrap_or_default()
        )));
    }
    Ok(homes)
}

/// All homes of buildings whose floors and doors are known: the second door of the fifth floor is 502.
fn counted_up(registry: &Registry) -> BTreeSet<Home> {
    let mut homes = BTreeSet::new();
    for building in registry.buildings() {
        let (Some(floors), Some(doors)) = (building.floors, building.homes_per_floor) else {
            continue;
        };
        let units: Vec<Option<&str>> = if building.units.is_empty() {
            vec![None]
        } else {
            building
                .units
                .iter()
                .map(|unit| Some(unit.as_str()))
                .collect()
        };
        for unit in units {
            for floor in 1..=floors {
                for door in 1..=doors {
                    homes.insert(Home::at(building, unit, floor, door));
                }
            }
        }
    }
    homes
}

/// Buildings, stairwells and flats in the order in which somebody walks past them: 2 before 10.
fn order(home: &Home) -> [(u32, String); 4] {
    let parts = [
        home.phase.as_deref(),
        Some(home.building.as_str()),
        home.unit.as_deref(),
        Some(home.home.as_str()),
    ];
    parts.map(|name| {
        let name = name.unwrap_or_default();
        (name.parse().unwrap_or(u32::MAX), name.to_owned())
    })
}

/// Writes a new file that nobody else may read.
fn write(file: &Path, page: &str) -> Result<(), Failure> {
    let opened = File::options()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(file);
    let written = opened.and_then(|mut out| out.write_all(page.as_bytes()));
    Ok(written.with_context(|| format!("Cannot write the sheet {}", file.display()))?)
}
