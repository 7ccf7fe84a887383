//! One client with a connection that stays open.

use anyhow::Context as _;
use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::pages::Asked;

pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    address: String,
}

impl Client {
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, address: address.to_owned() })
    }

    /// Asks once; answers the status and how many bytes came.
    pub async fn ask(&mut self, line: &Asked) -> anyhow::Result<(u16, usize)> {
        let method = if line.form.is_some() { "POST" } else { "GET" };
        let mut request = hyper::Request::builder().method(method).uri(&line.path).header(header::HOST, &self.address);
        if line.form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(cookie) = &line.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let body = Full::new(Bytes::from(line.form.clone().unwrap_or_default()));
        self.sender.ready().await.context("the connection was closed")?;
        let response = self.sender.send_request(request.body(body)?).await?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().collect().await?.to_bytes().len()))
    }
}
