/// An address of the loopback network that answers nothing: to those who want to connect, or to datagrams.
///
/// The other addresses of 127.0.0.0/8 exist on Linux alone.
package final class UnansweringPort: Sendable {
    /// What is not answered.
    package enum Kind: Sendable {
        /// Attempts to connect: they are neither accepted nor refused, as by a machine that is gone.
        case connections
        /// Datagrams, such as questions to a name server.
        case datagrams
    }

    /// The port.
    package let port: Int
    private let descriptors: [Int32]

    /// Takes an address.
    ///
    /// - Parameters:
    ///   - host: The last three bytes of the address behind 127, such as 0, 0, 2.
    ///   - port: The port; 0 lets the system choose.
    package init(_ kind: Kind, host: (UInt8, UInt8, UInt8) = (0, 0, 1), port: Int = 0) throws {
        let address = Sockets.loopback(host)
        let socket = try Sockets.bound(to: port, of: address, datagrams: kind == .datagrams)
        self.port = Sockets.port(of: socket)
        var descriptors = [socket]
        if kind == .connections {
            do { try Sockets.startListening(socket, backlog: 0) } catch {
                Sockets.giveBack(socket)
                throw error
            }
            // The system keeps one connection that nobody accepts; with that its queue is full, and it drops whatever else comes.
            for _ in 0..<3 {
                switch Sockets.connectTo(port: self.port, of: address) {
                case .connected(let filler), .underWay(let filler): descriptors.append(filler)
                case .tryAgain, .failed: break
                }
            }
        }
        self.descriptors = descriptors
    }

    deinit {
        for descriptor in descriptors { Sockets.giveBack(descriptor) }
    }
}
