//! `cargo xtask fuzz`: asks the running product everything that the description of its API allows, and
//! much that it does not, with schemathesis. No answer may be a fault or lie outside the description.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::bench::Database;
use crate::servers::Cluster;

/// The version whose checks the configuration names.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// Seeding the demo in a debug build takes a while.
const PATIENCE: Duration = Duration::from_secs(120);
/// Those who write customers, lead, and configure: each meets other refusals.
const LOGINS: [&str; 3] = ["linxiao", "liangzhenyu", "songjie"];

/// The demo company being served; stopped at the end.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Fuzzes the API over one database; answers whether it found nothing.
pub fn run(database: Database, examples: u32) -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    ensure!(Command::new(cargo).args(["build", "--package", "kehu"]).status()?.success(), "the build failed");
    let kehu = target.join("debug/kehu");
    let folder = target.join("fuzz");
    let schemathesis = schemathesis(&folder)?;
    let data = folder.join("data");
    if data.exists() {
        std::fs::remove_dir_all(&data)?;
    }
    std::fs::create_dir_all(&data)?;
    let cluster = match database {
        Database::Sqlite => None,
        Database::Postgres => Some(Cluster::start().context("starting PostgreSQL")?),
    };
    let url = match &cluster {
        None => format!("sqlite://{}", data.join("fuzz.sqlite").display()),
        Some(cluster) => cluster.url().to_owned(),
    };
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let log = std::fs::File::create(folder.join("kehu.log"))?;
    let demo = Command::new(&kehu)
        .args(["demo", "--listen", &address.to_string(), "--api-rate", "1000000", "--database-url", &url])
        .env("RUST_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()?;
    let mut served = Served(demo);
    wait(&mut served, address)?;
    let mut clean = true;
    for login in LOGINS {
        eprintln!("\n=== as {login}");
        let token = token(&kehu, &url, login)?;
        clean &= Command::new(&schemathesis)
            .arg("--config-file")
            .arg(root.join("xtask/src/fuzz/schemathesis.toml"))
            .args(["run", &format!("http://{address}/api/openapi.json"), "--checks", "all"])
            .args(["--max-examples", &examples.to_string(), "--continue-on-failure"])
            .args(["--header", &format!("Authorization: Bearer {token}")])
            .env("SCHEMATHESIS_HOOKS", root.join("xtask/src/fuzz/hooks.py"))
            .env("KEHU_FUZZ_ADDRESS", format!("http://{address}"))
            .env("KEHU_FUZZ_TOKEN", &token)
            .current_dir(&folder)
            .status()?
            .success();
        ensure!(served.0.try_wait()?.is_none(), "the server is gone; see {}", folder.join("kehu.log").display());
    }
    let log = std::fs::read_to_string(folder.join("kehu.log"))?;
    let faults: Vec<&str> = log.lines().filter(|line| line.contains(" ERROR ") || line.contains("panicked")).collect();
    for fault in &faults {
        eprintln!("the server's log: {fault}");
    }
    Ok(clean && faults.is_empty())
}

/// Installs it from PyPI, apart from everything else on the machine.
fn schemathesis(folder: &Path) -> Result<PathBuf> {
    let (venv, mark) = (folder.join("venv"), folder.join("installed"));
    let program = venv.join("bin/schemathesis");
    if program.exists() && std::fs::read_to_string(&mark).is_ok_and(|installed| installed == SCHEMATHESIS) {
        return Ok(program);
    }
    std::fs::create_dir_all(folder)?;
    let made = Command::new("python3").arg("-m").arg("venv").arg(&venv).status().context("python3 is needed")?;
    ensure!(made.success(), "python3 -m venv failed; on Debian: apt-get install python3-venv");
    let installed = Command::new(venv.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]).status()?;
    ensure!(installed.success(), "{SCHEMATHESIS} could not be installed");
    std::fs::write(mark, SCHEMATHESIS)?;
    Ok(program)
}

fn wait(served: &mut Served, address: SocketAddr) -> Result<()> {
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        if let Some(status) = served.0.try_wait()? {
            bail!("the server ended with {status}");
        }
        if answers(address) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    bail!("the server does not answer")
}

fn answers(address: SocketAddr) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let mut head = [0; 12];
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: kehu\r\nConnection: close\r\n\r\n").is_ok()
        && stream.read_exact(&mut head).is_ok()
        && head.ends_with(b"200")
}

fn token(kehu: &Path, url: &str, login: &str) -> Result<String> {
    let made = Command::new(kehu)
        .args(["token", "create", "--login", login, "--name", "fuzz", "--database-url", url])
        .env("RUST_LOG", "warn")
        .output()?;
    ensure!(made.status.success(), "no token: {}", String::from_utf8_lossy(&made.stderr));
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}
