//! The file that tells what a ledger's columns, words and managers mean.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use kehu_core::MemberId;
use kehu_customer::ledger::MappingFile;
use kehu_platform::directory;
use kehu_platform::web::App;

/// A mapping file: columns and words, and under `[managers]` logins by the names in the ledger.
#[derive(Clone, Debug, Default)]
pub struct MappingOption {
    pub file: MappingFile,
    pub logins: BTreeMap<String, String>,
    /// Managers confirmed for such ledgers before.
    pub known: BTreeMap<String, MemberId>,
}

impl MappingOption {
    pub fn read(path: &Path) -> anyhow::Result<MappingOption> {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str) -> anyhow::Result<MappingOption> {
        let mut table: toml::Table = text.parse()?;
        let logins = match table.remove("managers") {
            Some(managers) => managers.try_into()?,
            None => BTreeMap::new(),
        };
        Ok(MappingOption { file: table.try_into()?, logins, known: BTreeMap::new() })
    }

    /// The managers that are told, as members.
    pub async fn managers(&self, app: &App) -> anyhow::Result<BTreeMap<String, MemberId>> {
        let mut managers = self.known.clone();
        for (name, login) in &self.logins {
            let found = directory::member_by_login(app.db.read(), login).await?;
            let member = found.with_context(|| format!("for the manager {name}: nobody has the login {login}"))?;
            managers.insert(name.clone(), member.id);
        }
        Ok(managers)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::MappingOption;

    #[test]
    fn managers_stand_beside_columns_and_words() {
        let option =
            MappingOption::parse("[tiers]\n\"国企\" = \"key\"\n[managers]\n\"郑斌\" = \"zhengbin\"\n").unwrap();
        assert_eq!(option.file.tiers.get("国企").map(String::as_str), Some("key"));
        assert_eq!(option.logins.get("郑斌").map(String::as_str), Some("zhengbin"));
        assert!(MappingOption::parse("colunms = 1").is_err());
    }
}
