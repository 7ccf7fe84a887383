//! Passwords on the command line: from standard input, or typed unseen. Never as an argument,
//! which everybody on the machine could read.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::{Context as _, bail, ensure};

/// Reads the first line of standard input.
pub fn from_stdin() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("reading the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    ensure!(!password.is_empty(), "no password on standard input");
    Ok(password.to_owned())
}

/// Asks for a new password twice, or reads it from standard input when told so.
pub fn new(stdin: bool) -> anyhow::Result<String> {
    if stdin {
        return from_stdin();
    }
    if !std::io::stdin().is_terminal() {
        bail!("give the password on standard input, with --password-stdin");
    }
    let password = rpassword::prompt_password("Password: ").context("reading the password")?;
    ensure!(password == rpassword::prompt_password("Again: ")?, "the two passwords are not the same");
    Ok(password)
}
