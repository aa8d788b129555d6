import Foundation

/// What test support says to the person who runs the tests, beside the results.
enum Announcement {
    /// Prints a line to standard error.
    static func print(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
