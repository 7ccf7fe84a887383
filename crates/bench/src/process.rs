//! The measured process, and what the system says it has used.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// Clock ticks a second in /proc; fixed by the kernel's interface.
const TICKS: u64 = 100;

pub struct Server {
    child: Child,
    pub address: String,
    /// From the start of the process to its first answer.
    pub start: Duration,
}

impl Server {
    pub fn start(program: &Path, database_url: &str) -> anyhow::Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let address = format!("127.0.0.1:{port}");
        let begun = Instant::now();
        let child = Command::new(program)
            .args(["serve", "--listen", &address, "--database-url", database_url])
            .env("KEHU_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let mut server = Self { child, address, start: Duration::ZERO };
        while begun.elapsed() < Duration::from_secs(60) {
            if server.answers() {
                server.start = begun.elapsed();
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        bail!("kehu serve does not answer")
    }

    fn answers(&self) -> bool {
        use std::io::{Read as _, Write as _};
        let Ok(mut stream) = std::net::TcpStream::connect(&self.address) else { return false };
        let mut answer = [0; 15];
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: kehu\r\nConnection: close\r\n\r\n").is_ok()
            && stream.read_exact(&mut answer).is_ok()
            && answer.ends_with(b"200 OK")
    }

    /// CPU time that the server has used so far.
    pub fn cpu(&self) -> anyhow::Result<Duration> {
        cpu_of(self.child.id())
    }

    /// Memory of its own, in bytes: what no file backs.
    pub fn private_memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("no RssAnon")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cpu_of(process: u32) -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = stat.rsplit_once(") ").context("an odd /proc/stat")?.1;
    let fields: Vec<&str> = after_name.split(' ').collect();
    let ticks = |n: usize| -> anyhow::Result<u64> { Ok(fields.get(n).context("an odd /proc/stat")?.parse()?) };
    Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 1000 / TICKS))
}

/// CPU time of every PostgreSQL process on this machine.
pub fn cpu_of_postgres() -> anyhow::Result<Duration> {
    let mut total = Duration::ZERO;
    for entry in std::fs::read_dir("/proc")? {
        let Some(process) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let name = std::fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
        if name.trim() == "postgres" {
            // It may have ended meanwhile.
            total += cpu_of(process).unwrap_or_default();
        }
    }
    Ok(total)
}

/// CPU time of this process.
pub fn own_cpu() -> anyhow::Result<Duration> {
    cpu_of(std::process::id())
}
