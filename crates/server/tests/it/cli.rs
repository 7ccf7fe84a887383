//! The command line, run as the binary that is shipped.

mod import;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A data folder of one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kehu-cli-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Runs `kehu` with the words on this folder's data, away from any `kehu.toml`.
    fn kehu(&self, words: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kehu"))
            .args(words)
            .args(["--data".as_ref(), self.data().as_os_str()])
            .current_dir(&self.0)
            .env_remove("KEHU_DATABASE_URL")
            .env("RUST_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that refuses before it reads has closed its end.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn set_up(&self) {
        let words = ["init", "--login", "admin", "--name", "张伟", "--company", "远景电气", "--password-stdin"];
        said(&self.kehu(&words, "sehr-geheim\n"));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(Path::new(&self.0));
    }
}

/// What a command that went well printed.
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Why a command refused.
fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_company_is_set_up_once() {
    let folder = Folder::new("init");
    folder.set_up();
    let again = folder.kehu(&["init", "--login", "b", "--name", "B", "--password-stdin"], "sehr-geheim\n");
    assert!(refused(&again).contains("has been set up before"));
}

#[test]
fn a_weak_password_is_refused_with_its_reason() {
    let folder = Folder::new("weak");
    let output = folder.kehu(&["init", "--login", "admin", "--name", "张伟", "--password-stdin"], "short\n");
    assert!(refused(&output).contains("password: A password needs at least 8 characters"));
    let output = folder.kehu(&["init", "--login", "admin", "--name", "张伟"], "");
    assert!(refused(&output).contains("--password-stdin"));
}

#[test]
fn members_are_added_and_listed() {
    let folder = Folder::new("members");
    folder.set_up();
    let add = ["member", "add", "--login", "linxiao", "--name", "林晓", "--position", "team_lead"];
    said(&folder.kehu(&[&add[..], &["--position", "account_manager"]].concat(), ""));
    assert!(refused(&folder.kehu(&add, "")).contains("login: "));
    let nowhere = folder.kehu(&[&add[..], &["--team", "无此团队"]].concat(), "");
    assert!(refused(&nowhere).contains("no team named 无此团队"));

    let listed: Value = serde_json::from_str(&said(&folder.kehu(&["member", "list", "--json"], ""))).unwrap();
    let lin = listed.as_array().unwrap().iter().find(|m| m["login"] == "linxiao").unwrap();
    assert_eq!(lin["positions"], serde_json::json!(["team_lead", "account_manager"]));
    assert_eq!((&lin["can_sign_in"], &lin["active"]), (&Value::Bool(false), &Value::Bool(true)));
    assert!(said(&folder.kehu(&["member", "list"], "")).contains("linxiao\t林晓"));
}

#[test]
fn a_reset_password_is_printed_once_unless_it_was_given() {
    let folder = Folder::new("reset");
    folder.set_up();
    let random = said(&folder.kehu(&["member", "reset-password", "--login", "admin"], ""));
    assert!(random.contains("shown only now: "), "{random}");
    let given = ["member", "reset-password", "--login", "admin", "--password-stdin"];
    let answer = said(&folder.kehu(&given, "von-hand-1\n"));
    assert!(!answer.contains("von-hand-1"), "{answer}");
    let nobody = folder.kehu(&["member", "reset-password", "--login", "nobody"], "");
    assert!(refused(&nobody).contains("nobody has the login nobody"));
}

#[test]
fn the_doctor_finds_a_healthy_installation_healthy() {
    let folder = Folder::new("doctor");
    let before = said(&folder.kehu(&["doctor"], ""));
    assert!(before.contains("WARN  database"), "{before}");
    assert!(!folder.data().exists(), "the doctor changes nothing");
    folder.set_up();
    let after = said(&folder.kehu(&["doctor"], ""));
    assert!(after.contains("journal_mode=wal synchronous=2 foreign_keys=1 quick_check=ok"), "{after}");
    assert!(!after.contains("FAIL"), "{after}");
}

#[test]
fn the_doctor_says_what_is_broken_and_fails() {
    let folder = Folder::new("broken");
    std::fs::create_dir_all(folder.data()).unwrap();
    std::fs::write(folder.data().join("kehu.sqlite"), "this is no database, only a text of some length").unwrap();
    let output = folder.kehu(&["doctor"], "");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("FAIL  database"));
}

#[test]
fn the_rulebook_is_exported_checked_and_imported_as_a_draft() {
    let folder = Folder::new("rulebook");
    folder.set_up();
    let clause = said(&folder.kehu(&["rulebook", "show", "--clause", "4.4.1", "--language", "en"], ""));
    assert!(clause.starts_with("4.4.1") && clause.contains("1 call a week"), "{clause}");
    said(&folder.kehu(&["rulebook", "export", "--version", "1", "rules.toml"], ""));
    assert!(said(&folder.kehu(&["rulebook", "check", "rules.toml"], "")).contains("nothing wrong"));
    said(&folder.kehu(&["rulebook", "import", "rules.toml", "--as", "admin"], ""));
    assert!(refused(&folder.kehu(&["rulebook", "import", "rules.toml", "--as", "nobody"], "")).contains("nobody"));
}

#[test]
fn a_rulebook_with_mistakes_is_told_line_by_line() {
    let folder = Folder::new("rulebook-check");
    let wrong = "[[clause]]\nnumber = \"4.4.1\"\ntitle = { en = \"Calls\" }\nresponsible = [\"boss\"]\n";
    std::fs::write(folder.0.join("wrong.toml"), wrong).unwrap();
    let output = folder.kehu(&["rulebook", "check", "wrong.toml"], "");
    assert_eq!(output.status.code(), Some(1));
    let problems = refused(&output);
    assert!(problems.contains("line 4") && problems.contains("boss"), "{problems}");
}

#[test]
fn a_token_is_printed_once_alone_on_its_line_and_can_be_revoked() {
    let folder = Folder::new("token");
    folder.set_up();
    let create = ["token", "create", "--login", "admin", "--name", "warehouse", "--read-only"];
    let printed = said(&folder.kehu(&create, ""));
    let secret = printed.trim_end();
    assert!(secret.starts_with("kehu_") && printed.lines().count() == 1, "{printed}");
    let listed = said(&folder.kehu(&["token", "list"], ""));
    assert!(listed.contains("admin\twarehouse\tread-only") && !listed.contains(secret), "{listed}");
    let id = listed.split('\t').next().unwrap();
    said(&folder.kehu(&["token", "revoke", id], ""));
    assert_eq!(said(&folder.kehu(&["token", "list"], "")), "");
    assert!(refused(&folder.kehu(&["token", "revoke", id], "")).contains("no live token"));
    let nobody = folder.kehu(&["token", "create", "--login", "nobody", "--name", "x"], "");
    assert!(refused(&nobody).contains("nobody"));
}
