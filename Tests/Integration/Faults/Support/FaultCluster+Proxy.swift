import EphemeralPostgres
import FaultHarness

extension FaultCluster {
    /// The server's socket, for a proxy.
    var target: FaultProxy.Target { .server(at: server.socketDirectory, port: server.port) }
}
