"""Mail that comes back, as mail servers write it. Addresses are made up."""

from uuid import UUID

DOMAIN = "linkwell.example.org"


def report(message_id: UUID, *, action: str = "failed", status: str = "5.1.1", headers_only: bool = False) -> bytes:
    """A report of RFC 3464, as Postfix, Exim and Exchange write it."""
    part = "text/rfc822-headers" if headers_only else "message/rfc822"
    body = "" if headers_only else "\nThere is a message for you.\n"
    return f"""Return-Path: <>
Date: Tue, 3 Mar 2026 09:12:44 +0000 (GMT)
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: linkwell@{DOMAIN}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9B095B5ADSN=_01D.9"
Message-ID: <20260303091244.9B095B5A@mx.example.net>

This is a MIME-encapsulated message.

--9B095B5ADSN=_01D.9
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<nobody@example.net>: host mail.example.net said: 550 5.1.1 No such user (in reply to RCPT TO command)

--9B095B5ADSN=_01D.9
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Tue,  3 Mar 2026 09:12:43 +0000 (GMT)

Final-Recipient: rfc822; nobody@example.net
Original-Recipient: rfc822;nobody@example.net
Action: {action}
Status: {status} (as the server puts it)
Diagnostic-Code: smtp; 550 5.1.1 No such user

--9B095B5ADSN=_01D.9
Content-Description: Undelivered Message
Content-Type: {part}

From: "Local support" <linkwell@{DOMAIN}>
To: nobody@example.net
Subject: You have a message
Message-ID: <{message_id}@{DOMAIN}>
{body}
--9B095B5ADSN=_01D.9--
""".encode()


def old_report(message_id: UUID) -> bytes:
    """As a server writes it that knows no report of the standard form."""
    return f"""Return-Path: <>
X-Failed-Recipients: nobody@example.org
From: Mail Delivery System <Mailer-Daemon@old.example.org>
To: linkwell@{DOMAIN}
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1abcd-0001@old.example.org>

A message that you sent could not be delivered to one or more of its recipients.

------ This is a copy of the message, including all the headers. ------

From: "Local support" <linkwell@{DOMAIN}>
Message-ID: <{message_id}@{DOMAIN}>
Subject: You have a message
""".encode()


def away(message_id: UUID) -> bytes:
    """Somebody is on holiday: their mail program answers, and the message has arrived."""
    return f"""Return-Path: <hall@example.org>
From: hall@example.org
To: linkwell@{DOMAIN}
Subject: Out of office
Auto-Submitted: auto-replied
In-Reply-To: <{message_id}@{DOMAIN}>
References: <{message_id}@{DOMAIN}>
Message-ID: <away@example.org>

I am away until Monday.
""".encode()
