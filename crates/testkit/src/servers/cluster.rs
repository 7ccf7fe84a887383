//! A private PostgreSQL cluster, made from the binaries installed on the machine.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};

use super::leash::{Leash, scratch_dir};

/// A cluster that lives as long as this value, or as this process.
pub struct Cluster {
    url: String,
    _leash: Leash,
}

impl Cluster {
    /// Where Debian puts one folder per version, then whatever is on the path.
    pub fn binaries() -> Option<PathBuf> {
        let version = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
        let mut installed: Vec<PathBuf> =
            fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        installed.sort_by_key(version);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path).collect::<Vec<_>>();
        installed
            .into_iter()
            .rev()
            .map(|path| path.join("bin"))
            .chain(on_path)
            .find(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
    }

    /// Makes a cluster and waits until it answers. PostgreSQL refuses to run as root, so root
    /// runs it as `postgres` or `nobody`.
    pub fn start() -> anyhow::Result<Cluster> {
        let bin = Cluster::binaries().context("PostgreSQL is not installed: apt-get install postgresql")?;
        let dir = scratch_dir("postgres")?;
        let user = Unprivileged::find()?;
        if let Some(user) = &user {
            chown(&dir, Some(user.uid), Some(user.gid))?;
        }
        let prefix = user.as_ref().map(Unprivileged::command).unwrap_or_default();
        make_files(&prefix, &bin, &dir)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let leash = serve(&prefix, &bin, &dir, port)?;
        await_answer(&bin, &dir, port)?;
        Ok(Cluster { url: format!("postgres://kehu@127.0.0.1:{port}/postgres"), _leash: leash })
    }

    /// The URL of the maintenance database, with the right to create others.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// The account under which the server runs when we are root.
struct Unprivileged {
    uid: u32,
    gid: u32,
}

impl Unprivileged {
    fn find() -> anyhow::Result<Option<Unprivileged>> {
        if id(&["-u"]).context("cannot tell who runs the tests")? != 0 {
            return Ok(None);
        }
        let account = ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some(Unprivileged { uid: id(&["-u", name])?, gid: id(&["-g", name])? }));
        Ok(Some(account.context("root needs an account `postgres` or `nobody` to run PostgreSQL as")?))
    }

    /// `setpriv` replaces itself by the program, so signals reach the server.
    fn command(&self) -> Vec<String> {
        let (uid, gid) = (self.uid, self.gid);
        vec!["setpriv".into(), format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".into(), "--".into()]
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// `C.UTF-8` sorts as SQLite does; systems without it have `C`.
fn make_files(prefix: &[String], bin: &Path, dir: &Path) -> anyhow::Result<()> {
    let mut complaint = String::new();
    for locale in ["C.UTF-8", "C"] {
        let initdb = bin.join("initdb").display().to_string();
        let data = dir.join("data").display().to_string();
        let locale = format!("--locale={locale}");
        let command = [&initdb, "-D", &data, "-U", "kehu", "-A", "trust", "-E", "UTF8", "--no-sync", &locale];
        let words: Vec<&str> = prefix.iter().map(String::as_str).chain(command).collect();
        let output = Command::new(words[0]).args(&words[1..]).current_dir(dir).output()?;
        if output.status.success() {
            return Ok(());
        }
        complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    }
    bail!("initdb failed: {complaint}")
}

/// Durability is off: the cluster does not outlive the tests.
fn serve(prefix: &[String], bin: &Path, dir: &Path, port: u16) -> anyhow::Result<Leash> {
    let postgres = bin.join("postgres").display().to_string();
    let data = dir.join("data").display().to_string();
    let sockets = dir.display().to_string();
    let port = port.to_string();
    let command = [&postgres, "-D", &data, "-k", &sockets, "-h", "127.0.0.1", "-p", &port];
    let settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];
    let settings = settings.iter().flat_map(|setting| ["-c", setting]);
    let words: Vec<&str> = prefix.iter().map(String::as_str).chain(command).chain(settings).collect();
    Ok(Leash::start(&words, dir, "QUIT")?)
}

fn await_answer(bin: &Path, dir: &Path, port: u16) -> anyhow::Result<()> {
    for _ in 0..600 {
        let ready = Command::new(bin.join("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-U", "kehu", "-p", &port.to_string()])
            .status()
            .context("pg_isready belongs to the PostgreSQL client programs")?;
        if ready.success() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    bail!("PostgreSQL does not answer:\n{}", fs::read_to_string(dir.join("log")).unwrap_or_default())
}
