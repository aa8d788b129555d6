import Foundation

/// What goes on, for the person who waits; on standard error, so that standard output is the report alone.
enum Progress {
    static func say(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
