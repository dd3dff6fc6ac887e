//! What is left in a folder for others to measure themselves against: see `benches/peers`.

use super::County;
use polars::prelude::*;
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;
use wholeplace::polars;

/// `WHOLEPLACE_BENCH_KEEP`: where files and figures are left.
pub fn folder() -> Result<Option<PathBuf>, Box<dyn Error>> {
    match std::env::var_os("WHOLEPLACE_BENCH_KEEP") {
        None => Ok(None),
        Some(folder) => {
            fs::create_dir_all(&folder)?;
            Ok(Some(fs::canonicalize(folder)?))
        }
    }
}

impl County {
    /// Whether anything is kept.
    pub fn keeps(&self) -> bool {
        self.temporary.is_none()
    }

    /// Leaves a frame behind.
    pub fn keep_frame(&self, name: &str, frame: &DataFrame) -> Result<(), Box<dyn Error>> {
        if self.keeps() {
            let folder = self.folder.join("frames");
            fs::create_dir_all(&folder)?;
            let mut file = fs::File::create(folder.join(name).with_extension("csv"))?;
            CsvWriter::new(&mut file).finish(&mut frame.clone())?;
        }
        Ok(())
    }

    /// Leaves values behind beside the frames.
    pub fn keep_values(&self, name: &str, values: &Value) -> Result<(), Box<dyn Error>> {
        if self.keeps() {
            let folder = self.folder.join("frames");
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(name).with_extension("json"), values.to_string())?;
        }
        Ok(())
    }

    /// Leaves figures behind, with the least of three timings of how they were made: any disturbance only adds,
    /// and the wheels are timed like that too.
    pub fn keep_figures<T>(
        &self,
        name: &str,
        mut figures: Value,
        mut make: impl FnMut() -> T,
    ) -> Result<(), Box<dyn Error>> {
        if self.keeps() {
            let mut seconds: Vec<f64> = (0..3)
                .map(|_| {
                    let start = Instant::now();
                    let made = make();
                    let taken = start.elapsed();
                    drop(made);
                    taken.as_secs_f64()
                })
                .collect();
            seconds.sort_by(f64::total_cmp);
            figures["seconds"] = json!(seconds[0]);
            figures["lines"] = json!(self.lines);
            let folder = self.folder.join("figures");
            fs::create_dir_all(&folder)?;
            let file = folder.join(name).with_extension("json");
            fs::write(file, serde_json::to_string_pretty(&figures)?)?;
        }
        Ok(())
    }
}
