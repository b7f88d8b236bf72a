"""What every table has: an id that is never given twice."""

from sqlmodel import Field, SQLModel


class Row(SQLModel):
    """A row by its id."""

    id: int | None = Field(default=None, primary_key=True)
