//! `kehu member add|list|reset-password`.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use kehu_core::{Actor, Clock, Door, Locale, Position};
use kehu_platform::directory::{self, MemberDraft, Roster};
use kehu_platform::web::App;
use serde_json::json;

use super::{answer, password};
use crate::compose;
use crate::config::Config;

#[derive(Debug, Subcommand)]
pub enum Member {
    /// Add a member
    Add(Add),
    /// List all members
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Give a member a new password; prints a random one unless one is given
    ResetPassword {
        #[arg(long, value_name = "LOGIN")]
        login: String,
        /// Read the password from standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Args, Debug)]
pub struct Add {
    #[arg(long, value_name = "LOGIN")]
    login: String,
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What the member is here, once or several times: team_lead, account_manager, industry_expert,
    /// technical_support, after_sales, company_leadership, hr_department, department_staff, administrator
    #[arg(long, value_name = "POSITION", required = true)]
    position: Vec<Position>,
    /// Name of the member's team
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// Name of the member's department
    #[arg(long, value_name = "NAME")]
    department: Option<String>,
    /// Language of the interface: zh-Hans, zh-Hant or en
    #[arg(long, value_name = "TAG", default_value_t = Locale::default())]
    language: Locale,
    /// Read a password from standard input; without one the member cannot sign in yet
    #[arg(long)]
    password_stdin: bool,
}

impl Member {
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let app = compose::app(config.open().await?, Clock::system(), false);
        match self {
            Member::Add(add) => add.run(&app).await,
            Member::List { json } => list(&app, json).await,
            Member::ResetPassword { login, password_stdin } => reset_password(&app, &login, password_stdin).await,
        }
    }
}

/// Whoever runs commands on the server administers it.
pub(super) fn operator() -> Actor {
    Actor { name: "kehu".to_owned(), door: Door::CommandLine, ..Actor::system() }
}

impl Add {
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    async fn run(self, app: &App) -> anyhow::Result<()> {
        let roster = Roster::load(app.db.read()).await?;
        let team = match &self.team {
            Some(name) => {
                let known = roster.teams.iter().find(|t| t.name == *name && !t.archived);
                Some(known.with_context(|| format!("there is no team named {name}"))?.id)
            }
            None => None,
        };
        let department = match &self.department {
            Some(name) => {
                let known = roster.departments.iter().find(|d| d.name == *name && !d.archived);
                Some(known.with_context(|| format!("there is no department named {name}"))?.id)
            }
            None => None,
        };
        let company = directory::company(app.db.read()).await?.context("set the company up first: kehu init")?;
        let draft = MemberDraft {
            login: self.login,
            name: self.name,
            positions: self.position.into_iter().collect(),
            team,
            department,
            locale: self.language,
            zone: company.zone,
            ..MemberDraft::default()
        };
        let password = if self.password_stdin { Some(password::from_stdin()?) } else { None };
        let can_sign_in = password.is_some();
        let login = draft.login.trim().to_lowercase();
        let operator = operator();
        directory::add_member(app, operator.administrator()?, app.clock.now(), draft, password)
            .await
            .map_err(answer::refused)?;
        if can_sign_in {
            println!("{login} has been added and can sign in");
        } else {
            println!("{login} has been added; to let them sign in: kehu member reset-password --login {login}");
        }
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
async fn list(app: &App, as_json: bool) -> anyhow::Result<()> {
    let roster = Roster::load(app.db.read()).await?;
    if as_json {
        let members: Vec<_> = roster
            .members
            .iter()
            .map(|m| {
                json!({
                    "id": m.id,
                    "login": m.login,
                    "name": m.name,
                    "positions": m.positions.iter().map(Position::code).collect::<Vec<_>>(),
                    "team": m.team.map(|id| roster.team_name(Some(id))),
                    "department": m.department.map(|id| roster.department_name(Some(id))),
                    "active": m.active,
                    "can_sign_in": m.can_sign_in,
                })
            })
            .collect();
        println!("{}", serde_json::to_string_pretty(&members)?);
        return Ok(());
    }
    for m in &roster.members {
        let positions: Vec<&str> = m.positions.iter().map(Position::code).collect();
        let state = match (m.active, m.can_sign_in) {
            (false, _) => "left",
            (true, true) => "active",
            (true, false) => "no sign-in",
        };
        println!("{}\t{}\t{}\t{}\t{state}", m.login, m.name, positions.join(","), roster.team_name(m.team));
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
async fn reset_password(app: &App, login: &str, stdin: bool) -> anyhow::Result<()> {
    let login = login.trim().to_lowercase();
    let Some(member) = directory::member_by_login(app.db.read(), &login).await? else {
        bail!("nobody has the login {login}");
    };
    let given = if stdin { Some(password::from_stdin()?) } else { None };
    let operator = operator();
    let random = directory::reset_password(app, operator.administrator()?, app.clock.now(), member.id, given)
        .await
        .map_err(answer::refused)?;
    match random {
        Some(password) => println!("New password of {login}, shown only now: {password}"),
        None => println!("The password of {login} has been changed"),
    }
    Ok(())
}
