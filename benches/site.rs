//! The site of a built cube: asked, rendered, and all its files.
//!
//! Sketch, 10 M lines, 18 areas, 12 partners, 6 themes, no outcomes: one question with every subtotal
//! of 7,776 cells, one by partner and area, two that follow money back; 56 pages of 30 to 150 kB, 134
//! tables in three formats, 36 workbooks. Wanted: 21 pages within 2 s. Nobody is its contender: what
//! other tools would write is no site.

mod county;

use county::{County, Kind, Outcome};
use criterion::Criterion;
use std::hint::black_box;
use std::path::Path;
use wholeplace::account::Boundary;
use wholeplace::axis::Phase;
use wholeplace::cube::Cube;
use wholeplace::disclosure::{DisclosurePolicy, Released};
use wholeplace::report::{Publication, ReportScope, Site, SiteFile, SiteSources, site_files};
use wholeplace::{Place, PlaceAccount};

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let files = county.files(Kind::Csv)?;
    let place = files.place()?;
    let cube = Cube::build(&files.account(&place)?)?;
    let scope = ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse()?,
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources::of(&cube, &scope);
    let site = || Site::build(&sources);
    let written = || -> Result<Vec<SiteFile>, wholeplace::Error> {
        let site = Released::for_internal_use(site()?, "a bench")?;
        Ok(site_files(&site)?)
    };
    let pages = |files: &[SiteFile]| {
        let pages = files.iter().filter(|file| file.path.ends_with(".html"));
        assert!(pages.clone().all(|page| page.bytes.len() < 500_000));
        pages.count()
    };
    assert!(pages(&written()?) >= 21);
    let mut group = criterion.benchmark_group(format!("site/{}", county.size()));
    group.bench_function("asked", |b| b.iter(|| black_box(site().unwrap())));
    group.bench_function("asked_and_rendered", |b| {
        b.iter(|| black_box(written().unwrap()));
    });
    let folder = tempfile::tempdir()?;
    std::fs::create_dir_all(folder.path().join("data"))?;
    group.bench_function("asked_rendered_and_on_disk", |b| {
        b.iter(|| {
            for file in written().unwrap() {
                std::fs::write(folder.path().join(file.path), file.bytes).unwrap();
            }
        });
    });
    group.finish();
    published(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

/// What a policy costs where everything is public: the site for internal use, and under the policy. Of the county beside
/// the project where it is there, otherwise of the sample. Wanted: no more than 20 ms apart.
fn published(criterion: &mut Criterion) -> Outcome {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = project.join("../shared/shropshire");
    let place = if data.is_dir() {
        Place::open_with_data(project.join("examples/packs/shropshire"), data)?
    } else {
        Place::open(project.join("examples/data/shropshire"))?
    };
    let account = PlaceAccount::load(&place)?;
    let cube = Cube::build(&account)?;
    let policy = DisclosurePolicy::open(&place)?;
    let scope = ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse()?,
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        account: Some(&account),
        ..SiteSources::of(&cube, &scope)
    };
    let publication = || Publication::prepare(&sources, &account, &policy, &|_, _| ());
    assert_eq!(publication()?.withholding().withheld, 0);
    let mut group = criterion.benchmark_group("site/all_public");
    group.bench_function("for_internal_use", |b| {
        b.iter(|| black_box(Site::build(&sources).unwrap()));
    });
    group.bench_function("under_its_policy", |b| {
        b.iter(|| black_box(publication().unwrap()));
    });
    group.finish();
    Ok(())
}
