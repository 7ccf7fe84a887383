//! A program that ends when this process does, however this process ends.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Waits for the end of its standard input, which the kernel closes with our process even when
/// that is killed, then stops the program and removes its directory.
const WATCH: &str = r#"
trap : INT TERM HUP
"$@" & child=$!
cat > /dev/null
kill -s "$LEASH_SIGNAL" "$child" 2> /dev/null
wait "$child"
rm -rf "$LEASH_DIR"
"#;

/// A running program with a directory of its own. Dropping it stops the program.
pub(super) struct Leash {
    watcher: Child,
}

impl Leash {
    /// Starts `command`, whose first item is the program. Its output goes to `log` inside `dir`;
    /// `signal` is what it takes as the wish to stop at once.
    pub(super) fn start(command: &[&str], dir: &Path, signal: &str) -> io::Result<Leash> {
        let log = std::fs::File::create(dir.join("log"))?;
        let watcher = Command::new("sh")
            .args(["-c", WATCH, "leash"])
            .args(command)
            .current_dir(dir)
            .env("LEASH_SIGNAL", signal)
            .env("LEASH_DIR", dir)
            .env("TMPDIR", dir)
            .stdin(Stdio::piped())
            .stderr(log.try_clone()?)
            .stdout(log)
            .spawn()?;
        Ok(Leash { watcher })
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        // Nothing is left to do about a watcher that cannot be waited for.
        let _ended = self.watcher.wait();
    }
}

/// A new empty directory that no other test process uses.
pub fn scratch_dir(purpose: &str) -> io::Result<PathBuf> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("kehu-{purpose}-{}-{number}", std::process::id()));
        match std::fs::create_dir(&dir) {
            Ok(()) => return Ok(dir),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}
