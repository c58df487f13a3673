"""Make the bucket that STORAGE_URL names, unless it exists."""

from __future__ import annotations

import os
import sys
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.exceptions import ClientError

EXISTS = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}


def main() -> int:
    """Exit code 0 when the bucket is there."""
    url = urlsplit(os.environ["STORAGE_URL"])
    client = boto3.client(
        "s3",
        endpoint_url=parse_qs(url.query)["endpoint"][0],
        region_name="us-east-1",
        aws_access_key_id=unquote(url.username or ""),
        aws_secret_access_key=unquote(url.password or ""),
    )
    try:
        client.create_bucket(Bucket=url.hostname or "")
    except ClientError as error:
        if error.response["Error"]["Code"] not in EXISTS:
            raise
    return 0


if __name__ == "__main__":
    sys.exit(main())
