//! `kehu import ledger`: what it answers and how it ends.

use serde_json::{Value, json};

use super::{Folder, refused, said};

const LEDGER: &str = "客户名称,统一社会信用代码,客户级别,客户经理,联系人,手机\n\
    众云水务有限公司,,战略,郑斌,钱多,13800138000\n\
    众云水务有限公司 ,,战略,郑斌,赵敏,13800138001\n\
    恒智光电有限公司,91310000MA1FL0BG9X,核心,郑斌,王建国,\n\
    ,,核心,郑斌,孙宁,\n";

impl Folder {
    fn ledger(&self, name: &str, content: &[u8]) {
        std::fs::write(self.0.join(name), content).unwrap();
    }

    fn answer(&self, words: &[&str]) -> Value {
        let words = [&["import", "ledger"], words, &["--json"]].concat();
        serde_json::from_str(&said(&self.kehu(&words, ""))).unwrap()
    }
}

#[test]
fn a_ledger_is_counted_and_its_bad_rows_are_told() {
    let folder = Folder::new("import");
    folder.set_up();
    folder.ledger("台账.csv", LEDGER.as_bytes());
    let counts = json!({ "created": 1, "updated": 0, "unchanged": 0 });
    for words in [&["台账.csv", "--create-managers", "--dry-run"][..], &["台账.csv", "--create-managers"]] {
        let answer = folder.answer(words);
        assert_eq!((&answer["rows"], &answer["duplicates"]), (&json!(4), &json!(1)));
        assert_eq!(answer["accounts"], counts);
        assert_eq!(answer["contacts"], json!({ "created": 2, "updated": 0, "unchanged": 0 }));
        let errors = answer["errors"].as_array().unwrap();
        let told: Vec<_> = errors.iter().map(|e| (e["row"].as_u64().unwrap(), e["column"].as_str().unwrap())).collect();
        assert_eq!(told, [(4, "统一社会信用代码"), (5, "客户名称")]);
        assert_eq!((&errors[0]["code"], &errors[1]["code"]), (&json!("credit_code_check_digit"), &json!("no_company")));
        assert!(errors.iter().all(|error| !error["message"].as_str().unwrap().is_empty()));
    }
    let rejects = std::fs::read_to_string(folder.0.join("台账.csv.rejects.csv")).unwrap();
    assert!(rejects.starts_with('\u{feff}') && rejects.contains("恒智光电有限公司"), "{rejects}");
    assert!(!rejects.contains("众云水务"), "{rejects}");

    let again = folder.answer(&["台账.csv", "--update"]);
    assert_eq!(again["accounts"], json!({ "created": 0, "updated": 0, "unchanged": 1 }));
    assert_eq!(again["contacts"], json!({ "created": 0, "updated": 0, "unchanged": 2 }));
}

#[test]
fn the_same_ledger_is_read_in_every_encoding() {
    let folder = Folder::new("import-encodings");
    folder.set_up();
    let good: String = LEDGER.lines().take(3).map(|line| format!("{line}\r\n")).collect();
    folder.ledger("utf8.csv", good.as_bytes());
    folder.ledger("bom.csv", format!("\u{feff}{good}").as_bytes());
    // 客户名称,客户经理 / 众云水务有限公司,郑斌 as Excel in China saves it.
    let gbk: [&[u8]; 4] = [
        b"\xbf\xcd\xbb\xa7\xc3\xfb\xb3\xc6,\xbf\xcd\xbb\xa7\xbe\xad\xc0\xed\r\n",
        b"\xd6\xda\xd4\xc6\xcb\xae\xce\xf1\xd3\xd0\xcf\xde\xb9\xab\xcb\xbe,",
        b"\xd6\xa3\xb1\xf3",
        b"\r\n",
    ];
    folder.ledger("gbk.csv", &gbk.concat());
    assert_eq!(folder.answer(&["utf8.csv", "--create-managers"])["accounts"]["created"], 1);
    for name in ["bom.csv", "gbk.csv"] {
        assert_eq!(folder.answer(&[name])["accounts"]["unchanged"], 1, "{name}");
    }
}

#[test]
fn a_manager_who_is_no_member_is_named_and_nothing_is_dropped_silently() {
    let folder = Folder::new("import-managers");
    folder.set_up();
    folder.ledger("台账.csv", LEDGER.as_bytes());
    let dry = folder.answer(&["台账.csv", "--dry-run"]);
    assert_eq!(dry["managers_not_matched"][0]["name"], "郑斌");
    assert!(dry["errors"].as_array().unwrap().iter().any(|error| error["code"] == "unknown_manager"));
    let nothing_taken = folder.kehu(&["import", "ledger", "台账.csv", "--json"], "");
    assert_eq!(nothing_taken.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&nothing_taken.stdout).unwrap();
    assert_eq!(answer["accounts"]["created"], 0);

    folder.ledger("mapping.toml", "[managers]\n\"郑斌\" = \"admin\"\n".as_bytes());
    let matched = folder.answer(&["台账.csv", "--mapping", "mapping.toml"]);
    assert_eq!(matched["accounts"]["created"], 1);
}

#[test]
fn what_is_no_ledger_is_refused_with_its_reason() {
    let folder = Folder::new("import-refused");
    folder.set_up();
    folder.ledger("empty.csv", b"");
    folder.ledger("letter.csv", "尊敬的客户，您好\n此致敬礼\n".as_bytes());
    folder.ledger("broken.xlsx", b"PK\x03\x04 and no more");
    for name in ["empty.csv", "letter.csv", "broken.xlsx", "missing.csv"] {
        let output = folder.kehu(&["import", "ledger", name], "");
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(!refused(&output).contains("panicked"), "{name}");
    }
    folder.ledger("台账.csv", LEDGER.as_bytes());
    let nobody = folder.kehu(&["import", "ledger", "台账.csv", "--as", "nobody"], "");
    assert!(refused(&nobody).contains("nobody"));
    assert_eq!(folder.kehu(&["import", "ledger"], "").status.code(), Some(2));
}
