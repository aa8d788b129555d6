import DeployStackModels
package import PostgresDriver

extension PostgresConfiguration {
    /// The configuration as the driver takes it.
    package var connection: ConnectionConfiguration {
        ConnectionConfiguration(
            host: host, port: port, database: database, user: user, password: password.map { Secret($0.reveal()) }, tls: TransportSecurity(tls),
            revocationList: revocationList, channelBinding: PostgresDriver.ChannelBinding(channelBinding), applicationName: applicationName,
            connectTimeout: pool.connectTimeout, statementTimeout: statementTimeout,
            route: PostgresDriver.ServerRoute(route))
    }

    package var poolConfiguration: PoolConfiguration {
        PoolConfiguration(
            maxConnections: pool.maxConnections, minConnections: pool.minConnections, idleTimeout: pool.idleTimeout,
            acquireTimeout: pool.acquireTimeout, maxLifetime: pool.maxLifetime, maxWaiters: pool.maxWaiters,
            multiplexing: PostgresDriver.Multiplexing(pool.multiplexing))
    }
}

extension PostgresDriver.Multiplexing {
    init(_ options: Multiplexing) {
        self.init(
            lanes: options.lanes, shortStatement: options.shortCall, readsPerSync: options.readsPerBatch, laneDepth: options.laneDepth,
            maxSlowStatements: options.maxSlowCalls, stallTimeout: options.stallTimeout)
    }
}

extension TransportSecurity {
    init(_ mode: TLSMode) {
        switch mode {
        case .disable: self = .disable
        case .require: self = .require
        case .verifyCA(let root): self = .verifyCA(rootCertificate: root)
        case .verifyFull(let root): self = .verifyFull(rootCertificate: root)
        }
    }
}

extension PostgresDriver.ServerRoute {
    init(_ route: ServerRoute) {
        switch route {
        case .direct: self = .direct
        case .transactionPooler: self = .transactionPooler
        }
    }
}

extension PostgresDriver.ChannelBinding {
    init(_ binding: ChannelBinding) {
        switch binding {
        case .disable: self = .disable
        case .prefer: self = .prefer
        case .require: self = .require
        }
    }
}
