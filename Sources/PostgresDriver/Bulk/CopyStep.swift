/// One step of a COPY to the server.
enum CopyStep: Sendable {
    /// Begins with a `COPY … FROM STDIN`; answered when the server awaits data.
    case begin(String)
    /// Sends data; answered when the socket has taken them.
    case data([UInt8])
    /// Sends the last data and ends; answered with what the server says that came of it.
    case end([UInt8])
    /// Gives up: nothing of the COPY takes effect; answered with the server's error.
    case fail
}

extension ServerConnection {
    /// A COPY under way on a connection, which is not in pipeline mode meanwhile.
    struct Copy {
        enum Phase {
            /// The server has not answered yet.
            case starting
            /// The server awaits data.
            case open
            /// All was sent, and the server has not answered yet.
            case ending
        }

        var phase: Phase
        /// Whether a transaction was open when it began.
        let isInTransaction: Bool
    }
}
