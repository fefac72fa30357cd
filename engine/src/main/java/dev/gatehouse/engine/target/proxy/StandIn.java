package dev.gatehouse.engine.target.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Answers in the place of services, when a configuration is tested without them.
public interface StandIn {
    /// What `sent.service()` does with this request. On the exchange's loop.
    Act answer(SentRequest sent);

    /// What a service does.
    sealed interface Act {
        /// Since the request was whole. One that is longer than the route's time-outs is a time-out.
        Duration delay();
    }

    /// It answers.
    ///
    /// @param status a final one
    /// @param headers checked to be fields; a length is added
    @SuppressWarnings("ArrayRecordComponent") // octets nobody changes
    record Answer(int status, List<Map.Entry<String, String>> headers, byte[] body, Duration delay) implements Act {
        public Answer {
            headers = List.copyOf(headers);
        }
    }

    /// It does not.
    record Fails(How how, Duration delay) implements Act {
        /// In which way.
        public enum How {
            /// No connection to any instance.
            CONNECT,
            /// It takes the request and says nothing.
            TIMEOUT,
            /// It closes the connection without an answer.
            BROKEN
        }
    }
}
