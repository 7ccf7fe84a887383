//! `kehu token create|list|revoke`.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kehu_core::{Clock, TokenId};
use kehu_platform::db::Lock;
use kehu_platform::directory::{self, Roster};
use kehu_platform::tokens::{self, TokenDraft};
use kehu_platform::web::App;

use super::answer;
use super::member::operator;
use crate::compose;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token with which a program acts for a member; it is printed once
    Create(Create),
    /// List the live tokens
    List,
    /// End a token
    Revoke {
        /// As the list names it
        #[arg(value_name = "ID")]
        id: TokenId,
    },
}

#[derive(Args, Debug)]
pub struct Create {
    /// The member for whom the program acts
    #[arg(long, value_name = "LOGIN")]
    login: String,
    /// What the token is used for
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The program may read and nothing else
    #[arg(long)]
    read_only: bool,
}

impl TokenCommand {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let app = compose::app(config.open().await?, Clock::system(), false);
        match self {
            TokenCommand::Create(create) => create.run(&app).await,
            TokenCommand::List => list(&app).await,
            TokenCommand::Revoke { id } => revoke(&app, id).await,
        }
    }
}

impl Create {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let login = self.login.trim().to_lowercase();
        let member = directory::member_by_login(app.db.read(), &login).await?;
        let Some(member) = member.filter(|m| m.active) else { bail!("nobody who is here has the login {login}") };
        let draft = TokenDraft { name: self.name, read_only: self.read_only };
        let (now, operator) = (app.clock.now(), operator());
        let made = app
            .db
            .write(Lock::member(member.id), async |tx| tokens::make(tx, &operator, now, member.id, draft).await)
            .await;
        let (_, secret) = made.map_err(answer::refused)?;
        println!("{secret}");
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
async fn list(app: &App) -> anyhow::Result<()> {
    let roster = Roster::load(app.db.read()).await?;
    for token in tokens::every(app.db.read()).await? {
        let login = roster.member(token.member).map_or("", |m| m.login.as_str());
        let rights = if token.read_only { "read-only" } else { "read-write" };
        let used =
            token.used_at.map_or_else(|| "never used".to_owned(), |at| format!("used {}", at.format("%F %R UTC")));
        println!("{}\t{login}\t{}\t{rights}\tmade {}\t{used}", token.id, token.name, token.created_at.format("%F"));
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
async fn revoke(app: &App, id: TokenId) -> anyhow::Result<()> {
    let (now, operator) = (app.clock.now(), operator());
    let ended = app.db.write(Lock::default(), async |tx| tokens::revoke(tx, &operator, now, id).await).await;
    match ended {
        Err(kehu_platform::Error::NotFound) => bail!("there is no live token {id}; kehu token list names them"),
        other => other.map_err(answer::refused).context("revoking the token")?,
    }
    println!("{id} has been revoked");
    Ok(())
}
