package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloseFrameTest {
    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void a_client_is_told_code_and_reason_unmasked(CloseReason reason) {
        byte[] frame = CloseFrame.toClient(reason);

        assertThat(frame).startsWith(0x88, reason.text().length() + 2);
        assertThat((frame[2] & 0xff) << 8 | frame[3] & 0xff).isEqualTo(reason.code());
        assertThat(new String(frame, 4, frame.length - 4, US_ASCII)).isEqualTo(reason.text());
        assertThat(frame.length).as("a control frame").isLessThanOrEqualTo(2 + 125);
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void a_service_is_told_the_same_masked(CloseReason reason) {
        byte[] plain = CloseFrame.toClient(reason);
        byte[] frame = CloseFrame.toService(reason, 0xa1b2c3d4);

        assertThat(frame).startsWith(0x88, 0x80 | (reason.text().length() + 2), 0xa1, 0xb2, 0xc3, 0xd4);
        for (int i = 0; i < plain.length - 2; i++) {
            assertThat((byte) (frame[6 + i] ^ frame[2 + i % 4])).isEqualTo(plain[2 + i]);
        }
    }
}
