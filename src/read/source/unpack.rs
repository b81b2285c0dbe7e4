//! Packed files ([gzip](https://www.rfc-editor.org/rfc/rfc1952)), whatever they are called.

use std::{io::Read as _, path::Path};

use flate2::read::MultiGzDecoder;

use super::ReadError;

/// So many bytes may come out of a packed file: 1 GiB. Few bytes can be packed so that they fill any machine.
const MOST: u64 = 1 << 30;

/// The bytes of a file, unpacked if they are packed.
pub(super) fn unpacked(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, ReadError> {
    if bytes.starts_with(&[0x1f, 0x8b]) { up_to(MOST, path, &bytes) } else { Ok(bytes) }
}

fn up_to(limit: u64, path: &Path, packed: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|cause| ReadError::Unreadable { path: path.to_owned(), cause })?;
    if bytes.len() as u64 > limit { Err(ReadError::TooLarge { path: path.to_owned(), limit }) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn unpacks_up_to_a_limit_and_names_what_is_broken() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&[b'x'; 100_000]).unwrap();
        let packed = encoder.finish().unwrap();
        let path = Path::new("a.gz");
        assert_eq!(unpacked(path, packed.clone()).unwrap().len(), 100_000);
        assert_eq!(unpacked(path, [packed.clone(), packed.clone()].concat()).unwrap().len(), 200_000);
        assert_eq!(unpacked(path, b"plain".to_vec()).unwrap(), b"plain");
        assert!(matches!(up_to(99_999, path, &packed), Err(ReadError::TooLarge { limit: 99_999, .. })));
        assert!(matches!(unpacked(path, packed[..50].to_vec()), Err(ReadError::Unreadable { .. })));
    }
}
