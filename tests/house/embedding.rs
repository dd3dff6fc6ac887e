//! What whoever embeds the library links with it.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Command;

/// A client of a network, what encrypts for one, and what nobody keeps up any more: none of it belongs into a library
/// that reads no network. They come with `lazy` of polars, which only benches ask.
const NOT_LINKED: [&str; 13] = [
    "bincode",
    "h2",
    "hyper",
    "hyper-rustls",
    "native-tls",
    "object_store",
    "openssl",
    "polars-lazy",
    "polars-stream",
    "reqwest",
    "ring",
    "rustls",
    "tokio-rustls",
];

/// The packages that a build of the library links, with features as that build has them: those of tests and benches
/// are not among them. Nothing where cargo cannot tell without a network, and then that is said.
fn linked() -> Option<BTreeSet<String>> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "-e", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let why = match tree {
        Ok(tree) if tree.status.success() => {
            let text = String::from_utf8_lossy(&tree.stdout);
            let names = text
                .lines()
                .filter_map(|line| line.split_whitespace().next());
            return Some(names.map(str::to_owned).collect());
        }
        Ok(tree) => String::from_utf8_lossy(&tree.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: `cargo tree` cannot tell what is linked: {why}"
    );
    None
}

#[test]
fn an_embedder_links_no_client_of_a_network() {
    let Some(linked) = linked() else {
        return;
    };
    assert!(linked.contains("wholeplace") && linked.contains("polars"));
    let found: Vec<_> = NOT_LINKED
        .iter()
        .filter(|name| linked.contains(**name))
        .collect();
    assert!(
        found.is_empty(),
        "{found:?} would be linked by whoever embeds this; find what brings it by `cargo tree -e normal -i <name>`"
    );
}

fn manifest() -> toml::Table {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    text.parse().unwrap()
}

fn features(manifest: &toml::Table, section: &str, name: &str) -> BTreeSet<String> {
    let of = manifest[section][name].get("features");
    let listed = of
        .and_then(|features| features.as_array())
        .into_iter()
        .flatten();
    listed
        .filter_map(|one| one.as_str())
        .map(str::to_owned)
        .collect()
}

/// Cargo unites the features of all dependencies of a build, those of tests too: a feature that only these name is missing
/// where the library is built alone.
#[test]
fn features_that_the_library_needs_are_named_for_the_library() {
    let manifest = manifest();
    let polars = features(&manifest, "dependencies", "polars");
    assert!(polars.contains("parquet") && polars.contains("dtype-i128"));
    for of_benches in ["csv", "lazy", "temporal"] {
        assert!(!polars.contains(of_benches), "{of_benches}");
        assert!(features(&manifest, "dev-dependencies", "polars").contains(of_benches));
    }
    // Texts that are shared are written into the header of a saved cube.
    let serde = features(&manifest, "dependencies", "serde");
    assert!(serde.contains("derive") && serde.contains("rc"));
}

/// Whoever takes the package is told what it may do with the figures in it.
#[test]
fn licences_of_code_and_figures_stand_in_the_manifest() {
    let manifest = manifest();
    let package = &manifest["package"];
    assert_eq!(package["license"].as_str(), Some("MIT"));
    let documentation = package["documentation"].as_str().unwrap();
    assert!(documentation.ends_with(package["name"].as_str().unwrap()));
    let data = &package["metadata"]["data"];
    let file = data["attribution"].as_str().unwrap();
    let text = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for licence in data["licences"].as_array().unwrap() {
        assert!(text.contains(licence.as_str().unwrap()), "{licence}");
    }
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data")).unwrap();
    for folder in folders {
        let folder = folder.unwrap().file_name().into_string().unwrap();
        assert!(
            text.contains(&format!("examples/data/{folder}")),
            "{folder} has no licence"
        );
    }
}
