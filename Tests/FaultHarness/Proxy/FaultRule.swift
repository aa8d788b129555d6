/// Where on a link a fault strikes.
package enum FaultPoint: Sendable {
    /// Before the first byte of a matching message is passed on; `occurrence` counts from 1 on each link.
    case before(MessagePattern, occurrence: Int = 1)
    /// After so many bytes of a matching message have been passed on.
    case inside(MessagePattern, byte: Int, occurrence: Int = 1)
    /// After the last byte of a matching message has been passed on.
    case after(MessagePattern, occurrence: Int = 1)
    /// After so many messages of a direction have been passed on; 0 is the beginning of the link.
    case boundary(Int, FlowDirection)
    /// After so many bytes of a direction have been passed on; 0 is the beginning of the link.
    case byte(Int, FlowDirection)
}

/// What a fault does to the link on which it strikes.
package enum FaultAction: Sendable {
    /// The two ends of a link.
    package enum Ends: Sendable, Hashable {
        case both, client, server
    }

    /// The connection is gone: the named ends find a reset, another one finds the end of the stream. On a Unix socket both look the same.
    case reset(Ends = .both)
    /// The connection ends in order, in both directions.
    case finish
    /// Nothing more comes in this direction, and its reader is told so; the other direction goes on.
    case halfClose(FlowDirection)
    /// From here on, bytes are passed on in another way: in one direction, or in both.
    case mode(FlowMode, FlowDirection? = nil)
    #if os(Linux)
        /// The proxy's machine is gone as the client sees it: nothing is acknowledged any more, not even by the kernel, and nothing comes.
        case vanish
    #endif
    /// Nothing but a line in the log, for tests that wait for the point.
    case note
    /// Runs a closure on the proxy's thread, exactly at this point. It must be short and must not call the proxy.
    case perform(@Sendable (LinkState) -> Void)

    /// Both directions stop here until ``FaultProxy/setMode(_:_:)`` lets them go on.
    package static let pause = FaultAction.mode(.stall)
}

/// A fault and where it strikes.
package struct FaultRule: Sendable {
    /// What the log calls it.
    package var name: String
    /// Where it strikes.
    package var point: FaultPoint
    /// What it does.
    package var action: FaultAction
    /// A message that must have been passed on before on the same link; occurrences are counted from there.
    package var since: MessagePattern?
    /// How often it strikes in all.
    package var strikes: Int

    /// Describes a fault.
    package init(_ name: String, _ point: FaultPoint, _ action: FaultAction, since: MessagePattern? = nil, strikes: Int = 1) {
        self.name = name
        self.point = point
        self.action = action
        self.since = since
        self.strikes = strikes
    }
}

/// What the proxy knows of a link.
package struct LinkState: Sendable, Hashable {
    /// The link's number, counted from 1 in the order in which they were accepted.
    package let number: Int
    /// The server process behind it, once it has named itself.
    package var backend: Int32?
    /// The bytes passed on so far.
    package var bytesToServer = 0
    /// The bytes passed on so far.
    package var bytesToClient = 0
    /// The messages passed on so far.
    package var messagesToServer = 0
    /// The messages passed on so far.
    package var messagesToClient = 0
}
