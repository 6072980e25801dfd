"""Where attachments lie, as the settings say. They are encrypted before they get there."""

from pathlib import Path

from environs import Env

WHOLE = 200_000_000  # more than a file may be: none travels in parts


def of_attachments(env: Env, home: Path) -> dict:
    """Django's description of the storage: S3-compatible when a bucket is named, else a folder of this machine."""
    bucket = env.str("WIDA_S3_BUCKET", "")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": home / "attachments"},
        }
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("WIDA_S3_ENDPOINT", None),
            "region_name": env.str("WIDA_S3_REGION", None),
            "access_key": env.str("WIDA_S3_ACCESS_KEY", None),
            "secret_key": env.str("WIDA_S3_SECRET_KEY", None),
            # One request each way and one attempt, so that nobody waits longer than these seconds.
            "client_config": Config(
                connect_timeout=3,
                read_timeout=8,
                retries={"total_max_attempts": 1},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path"},
            ),
            "transfer_config": TransferConfig(
                multipart_threshold=WHOLE,
                multipart_chunksize=WHOLE,
                use_threads=False,
                num_download_attempts=1,
            ),
        },
    }
