import Foundation

/// Files below `/proc`, whose size is not known before they are read.
enum ProcFile {
    /// The file's text, or nil when it is not there: not on Linux, or the process has ended.
    static func text(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path), let data = try? file.readToEnd() else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
