//! Where a server of Spark Connect is, and the token that it knows us by.

use crate::failure::Failure;
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// An address that is never shown whole: it may hold a token.
pub struct Address {
    whole: String,
    host: String,
    port: u16,
    encrypted: bool,
    token: Option<String>,
}

/// How long the door of a server may take to open.
const KNOCK: Duration = Duration::from_secs(5);

impl Address {
    /// Reads `sc://host:port/;name=value;…`. What is wrong with it is said without repeating it.
    pub fn parse(whole: &str) -> Result<Self, Failure> {
        let wrong = || {
            Failure::refused(
                "WHOLEPLACE_SERVER is not an address such as `sc://127.0.0.1:50051` or \
                 `sc://lake.example.org:443/;use_ssl=true;token=…`",
            )
        };
        let rest = whole.strip_prefix("sc://").ok_or_else(wrong)?;
        let (place, parameters) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = place.rsplit_once(':').ok_or_else(wrong)?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = port.parse().map_err(|_| wrong())?;
        if host.is_empty() || host.contains([';', '=', '@']) {
            return Err(wrong());
        }
        let (mut encrypted, mut token) = (false, None);
        for parameter in parameters.split(';').filter(|part| !part.is_empty()) {
            match parameter.split_once('=') {
                Some(("use_ssl", value)) => encrypted = value.eq_ignore_ascii_case("true"),
                Some(("token", value)) => token = Some(value.to_owned()),
                Some(_) => {}
                None => return Err(wrong()),
            }
        }
        // The client takes it from there, too.
        let token = token.or_else(|| std::env::var("SPARK_CONNECT_AUTHENTICATE_TOKEN").ok());
        let near = matches!(host, "localhost" | "127.0.0.1" | "::1");
        if token.is_some() && !encrypted && !near {
            return Err(Failure::refused(
                "a token would go over the network for everybody to read; add `;use_ssl=true` to \
                 WHOLEPLACE_SERVER",
            ));
        }
        Ok(Self {
            whole: whole.to_owned(),
            host: host.to_owned(),
            port,
            encrypted,
            token,
        })
    }

    /// All of it: for the client, and for nobody else.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    /// Whether what is said goes through TLS.
    pub fn encrypted(&self) -> bool {
        self.encrypted
    }

    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// What may be shown.
    pub fn shown(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Whether somebody listens there. The client itself tries an unreachable server for an hour, without a
    /// word.
    pub fn knock(&self) -> std::io::Result<()> {
        let mut last = None;
        for place in (self.host.as_str(), self.port).to_socket_addrs()? {
            match TcpStream::connect_timeout(&place, KNOCK) {
                Ok(_) => return Ok(()),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| std::io::Error::other("the name has no address")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_shown_and_goes_over_tls_only() {
        let far = "sc://lake.example.org:443/;token=Sesame";
        let Err(failure) = Address::parse(far) else {
            panic!("the token would be sent for everybody to read");
        };
        assert!(!failure.words.contains("Sesame"), "{}", failure.words);

        let Ok(address) = Address::parse(&format!("{far};use_ssl=true")) else {
            panic!("a token over TLS is refused");
        };
        assert_eq!(address.shown(), "lake.example.org:443");
        assert_eq!(address.token(), Some("Sesame"));
        assert!(Address::parse("sc://127.0.0.1:443/;token=Sesame").is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_without_repeating_it() {
        for wrong in [
            "http://h:1/;token=Sesame",
            "sc://h/;token=Sesame",
            "sc://:1/;token=Sesame",
            "sc://h:port/;token=Sesame",
            "sc://h:1/;Sesame",
            "sc://h;token=Sesame:1",
        ] {
            let Err(failure) = Address::parse(wrong) else {
                panic!("{wrong} is taken");
            };
            assert!(
                !failure.words.contains("Sesame"),
                "{wrong}: {}",
                failure.words
            );
        }
    }
}
