//! Browser libraries, copied from npm into the repository: exact versions, their licences, and a
//! manifest with a hash of every file. `run` fetches, `verify` proves that nothing was edited since.
//!
//! Nothing is built or minified here: a file is either the package's own file, byte for byte, or
//! the icon sprite put together from the package's drawings.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const MANIFEST: &str = "assets/vendor/manifest.toml";
const SPRITE: &str = "assets/vendor/icons.svg";
const ICON_NAMES: &str = "crates/platform/src/web/kit/icons.rs";

/// One npm package at one version, and the files we take from it.
struct Package {
    name: &'static str,
    version: &'static str,
    licence: &'static str,
    licence_text: LicenceText,
    files: &'static [(&'static str, &'static str)],
}

/// Where the words of a licence come from. `@tabler/core` names the MIT licence in its header but
/// ships no copy of it; `@tabler/icons`, by the same authors, does.
enum LicenceText {
    File(&'static str),
    Mit { copyright: &'static str },
}

const PACKAGES: &[Package] = &[
    Package {
        name: "@tabler/core",
        version: "1.6.1",
        licence: "MIT",
        licence_text: LicenceText::Mit {
            copyright: "Copyright 2018-2026 The Tabler Authors\nCopyright 2018-2026 codecalm.net Paweł Kuna",
        },
        files: &[("dist/css/tabler.min.css", "assets/vendor/tabler.min.css")],
    },
    Package {
        name: "htmx.org",
        version: "4.0.1",
        licence: "0BSD",
        licence_text: LicenceText::File("LICENSE"),
        files: &[("dist/htmx.min.js", "assets/vendor/htmx.min.js")],
    },
    Package {
        name: "@tabler/icons",
        version: "3.52.0",
        licence: "MIT",
        licence_text: LicenceText::File("LICENSE"),
        files: &[],
    },
    Package {
        name: "axe-core",
        version: "4.14.1",
        licence: "MPL-2.0",
        licence_text: LicenceText::File("LICENSE"),
        files: &[("axe.min.js", "crates/testkit/assets/axe.min.js")],
    },
];

const ICON_PACKAGE: &str = "@tabler/icons";

/// The outline icons in use. To use another: add its name, run `cargo xtask vendor`, and
/// `Icon::ItsName` exists.
const ICONS: &[&str] = &[
    "alert-circle",
    "alert-triangle",
    "arrow-back-up",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "ban",
    "bell",
    "book-2",
    "brand-wechat",
    "briefcase",
    "building",
    "building-community",
    "cake",
    "calendar",
    "calendar-event",
    "calendar-week",
    "chart-histogram",
    "check",
    "checklist",
    "checks",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-check",
    "circle-dashed",
    "clipboard-check",
    "clock",
    "clock-check",
    "clock-exclamation",
    "clock-x",
    "database-import",
    "device-desktop",
    "device-mobile",
    "devices",
    "dots",
    "download",
    "edit",
    "external-link",
    "eye",
    "eye-off",
    "file",
    "file-import",
    "file-spreadsheet",
    "filter",
    "flag",
    "gift",
    "hand-stop",
    "headset",
    "heart-handshake",
    "help-circle",
    "history",
    "home",
    "id",
    "info-circle",
    "key",
    "language",
    "layout-grid",
    "link",
    "list",
    "list-check",
    "lock",
    "logout",
    "mail",
    "map-pin",
    "menu-2",
    "message",
    "message-question",
    "microphone",
    "minus",
    "note",
    "paperclip",
    "pencil",
    "phone",
    "phone-call",
    "phone-off",
    "plus",
    "printer",
    "progress",
    "refresh",
    "school",
    "search",
    "send",
    "settings",
    "shield-check",
    "shield-lock",
    "sitemap",
    "star",
    "switch-horizontal",
    "tag",
    "target-arrow",
    "trash",
    "trophy",
    "upload",
    "user",
    "user-check",
    "user-off",
    "user-plus",
    "users",
    "users-group",
    "video",
    "world",
    "writing",
    "x",
];

#[derive(Debug, Deserialize, Serialize)]
struct Manifest {
    file: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    path: String,
    package: String,
    version: String,
    licence: String,
    licence_text: String,
    source: String,
    sha256: String,
}

/// Fetches every package and rewrites the vendored files, the icon list and the manifest.
pub fn run() -> Result<()> {
    let root = workspace_root()?;
    let before = fs::read_to_string(root.join(MANIFEST)).ok().and_then(|text| toml::from_str::<Manifest>(&text).ok());
    let download = tempfolder(&root)?;
    let mut entries = Vec::new();

    for package in PACKAGES {
        let unpacked = fetch(package, &download)?;
        let licence_text = write_licence(package, &unpacked, &root)?;
        for (source, target) in package.files {
            let bytes = fs::read(unpacked.join(source)).with_context(|| format!("{} has no {source}", package.name))?;
            write(&root.join(target), &bytes)?;
            entries.push(entry(package, source, target, &licence_text, &bytes));
        }
        if package.name == ICON_PACKAGE {
            let sprite = sprite(&unpacked.join("icons/outline"))?;
            write(&root.join(SPRITE), sprite.as_bytes())?;
            write(&root.join(ICON_NAMES), icon_names().as_bytes())?;
            entries.push(entry(package, "icons/outline/*.svg", SPRITE, &licence_text, sprite.as_bytes()));
        }
    }
    fs::remove_dir_all(&download)?;

    refuse_silent_change(before.as_ref(), &entries)?;
    let manifest = Manifest { file: entries };
    let text = format!(
        "# Written by `cargo xtask vendor`; a test compares it with the files.\n\n{}",
        toml::to_string(&manifest)?
    );
    write(&root.join(MANIFEST), text.as_bytes())?;
    verify()
}

/// Checks that each vendored file has the hash and the licence text that the manifest records, and
/// that nothing else lies beside them.
pub fn verify() -> Result<()> {
    let root = workspace_root()?;
    let text = fs::read_to_string(root.join(MANIFEST)).context("assets/vendor has no manifest")?;
    let manifest: Manifest = toml::from_str(&text)?;
    for entry in &manifest.file {
        let bytes = fs::read(root.join(&entry.path)).with_context(|| format!("{} is missing", entry.path))?;
        ensure!(sha256(&bytes) == entry.sha256, "{} differs from the manifest: run `cargo xtask vendor`", entry.path);
        ensure!(root.join(&entry.licence_text).is_file(), "{} has no licence text", entry.package);
    }
    let listed: BTreeSet<PathBuf> = manifest.file.iter().map(|entry| root.join(&entry.path)).collect();
    for found in fs::read_dir(root.join("assets/vendor"))? {
        let path = found?.path();
        let known = path.is_dir() || path == root.join(MANIFEST) || listed.contains(&path);
        ensure!(known, "{} is not in the manifest", path.display());
    }
    let names = fs::read_to_string(root.join(ICON_NAMES))?;
    ensure!(names == icon_names(), "{ICON_NAMES} differs from the icon list: run `cargo xtask vendor`");
    Ok(())
}

/// A published version never changes its bytes; if it seems to, someone should look before we ship it.
fn refuse_silent_change(before: Option<&Manifest>, now: &[Entry]) -> Result<()> {
    let Some(before) = before else { return Ok(()) };
    for new in now.iter().filter(|entry| entry.path != SPRITE) {
        let changed = before
            .file
            .iter()
            .any(|old| old.path == new.path && old.version == new.version && old.sha256 != new.sha256);
        if changed {
            bail!("{} {} has other bytes than the manifest recorded", new.package, new.version);
        }
    }
    Ok(())
}

fn fetch(package: &Package, download: &Path) -> Result<PathBuf> {
    let spec = format!("{}@{}", package.name, package.version);
    let packed = Command::new("npm")
        .args(["pack", "--silent", "--pack-destination"])
        .arg(download)
        .arg(&spec)
        .output()
        .context("npm is needed to fetch the browser libraries")?;
    ensure!(packed.status.success(), "npm pack {spec} failed: {}", String::from_utf8_lossy(&packed.stderr));
    let archive = download.join(String::from_utf8(packed.stdout)?.trim());
    let unpacked = download.join(file_stem(package));
    fs::create_dir_all(&unpacked)?;
    let status = Command::new("tar").arg("xzf").arg(&archive).arg("-C").arg(&unpacked).status()?;
    ensure!(status.success(), "{} cannot be unpacked", archive.display());
    Ok(unpacked.join("package"))
}

fn write_licence(package: &Package, unpacked: &Path, root: &Path) -> Result<String> {
    let text = match package.licence_text {
        LicenceText::File(name) => fs::read_to_string(unpacked.join(name))?,
        LicenceText::Mit { copyright } => MIT.replace("{copyright}", copyright),
    };
    let target = format!("assets/vendor/licences/{}.txt", file_stem(package));
    write(&root.join(&target), text.as_bytes())?;
    Ok(target)
}

/// One `<symbol>` for each icon: the drawing without the package's classes and sizes.
fn sprite(folder: &Path) -> Result<String> {
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for name in ICONS {
        let svg = fs::read_to_string(folder.join(format!("{name}.svg"))).with_context(|| format!("no icon {name}"))?;
        let body = svg.split_once('>').and_then(|(_, rest)| rest.split_once("</svg>")).context("not an SVG")?.0;
        let drawing: String =
            body.lines().map(str::trim).filter(|line| !line.contains("stroke=\"none\" d=\"M0 0h24v24H0z\"")).collect();
        writeln!(out, "<symbol id=\"{name}\" viewBox=\"0 0 24 24\">{drawing}</symbol>")?;
    }
    out.push_str("</svg>\n");
    Ok(out)
}

/// The Rust enum of the icons in the sprite, so that a page cannot name one that is not there.
fn icon_names() -> String {
    let mut variants = String::new();
    let mut arms = String::new();
    for name in ICONS {
        let variant: String = name.split('-').map(capitalised).collect();
        variants.push_str(&format!("    {variant},\n"));
        arms.push_str(&format!("            Icon::{variant} => \"{name}\",\n"));
    }
    format!(
        "//! The icons in `assets/vendor/icons.svg`. Written by `cargo xtask vendor` from its list.\n\n\
         /// An icon of the sprite, named as Tabler names it.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Icon {{\n{variants}}}\n\n\
         impl Icon {{\n    /// The symbol's id in the sprite.\n    pub const fn id(self) -> &'static str {{\n        \
         match self {{\n{arms}        }}\n    }}\n}}\n"
    )
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn entry(package: &Package, source: &str, path: &str, licence_text: &str, bytes: &[u8]) -> Entry {
    Entry {
        path: path.to_owned(),
        package: package.name.to_owned(),
        version: package.version.to_owned(),
        licence: package.licence.to_owned(),
        licence_text: licence_text.to_owned(),
        source: source.to_owned(),
        sha256: sha256(bytes),
    }
}

fn file_stem(package: &Package) -> String {
    package.name.trim_start_matches('@').replace('/', "-")
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn tempfolder(root: &Path) -> Result<PathBuf> {
    let folder = root.join("target/vendor");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn workspace_root() -> Result<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(manifest.parent().context("xtask lies in the workspace")?.to_owned())
}

const MIT: &str = "The MIT License (MIT)

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the \"Software\"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.
";

#[cfg(test)]
mod tests {
    #[test]
    fn vendored_files_are_the_ones_the_manifest_records() {
        let checked = super::verify();
        assert!(checked.is_ok(), "{checked:?}");
    }
}
