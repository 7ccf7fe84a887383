//! Files that are generated, committed and compared.

use std::path::{Path, PathBuf};

/// Set when the files are to be written instead of compared.
const WRITE: &str = "KEHU_WRITE_COMMITTED";

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Fails with the first line that differs, unless the file is to be written.
pub fn equals_committed(file: &str, made: &str) {
    let path = root().join(file);
    if std::env::var_os(WRITE).is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        return std::fs::write(path, made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = made.lines().zip(committed.lines()).position(|(now, then)| now != then);
    let at = differs.unwrap_or_else(|| made.lines().count().min(committed.lines().count()));
    assert!(
        made == committed,
        "{file} is not what the code makes, from line {}:\n  committed: {}\n  made:      {}\ncargo xtask schema writes it",
        at + 1,
        committed.lines().nth(at).unwrap_or("(ends)"),
        made.lines().nth(at).unwrap_or("(ends)"),
    );
}
